import type { IncomingHttpHeaders } from 'node:http';
import type { FaultCode } from '../scim/fault-code.ts';
import type { Secret } from '../secrets/secret.ts';
import type { Attempt } from './attempt.ts';
import type { CredentialStore } from './credentials/credential-store.ts';

/** What a method makes of a request. */
export type Verdict = Accepted | Refused;

export interface Accepted {
  /** Who calls: the credential's name. */
  readonly actor: string;
  /** What should be mended although it works. */
  readonly warning?: string;
}

export interface Refused {
  /** In the catalogue of faults. */
  readonly fault: FaultCode;
  /** For whoever set it up, in words that hold nothing the client sent. */
  readonly refused: string;
  /** False when nothing was presented: clients may ask first without credentials, to see the challenge. */
  readonly counts: boolean;
  /** It was not judged: nothing is known of it, and it may come again. Unit: s. */
  readonly retryAfter?: number;
}

/** One way to learn who calls, as an app is configured to ask for it. */
export interface Method {
  /** Name of the request's header that carries the credential. */
  readonly header: string;
  /** For `WWW-Authenticate` (RFC 9110 §11.6.1). */
  readonly challenge: string;
  judge(headers: IncomingHttpHeaders, attempt: Attempt): Promise<Verdict>;
}

/**
 * `[auth]` of an app, as far as methods read it: fixed tokens and passwords, beside those that operators make. Empty
 * ones count as absent.
 */
export interface AuthSettings {
  /** Name of the header that carries a token. */
  readonly header: string;
  readonly token?: Secret;
  readonly username?: string;
  readonly password?: Secret;
}

/** Where a method finds the credentials that operators make. */
export interface Issued {
  /** The app's name in the configuration. */
  readonly app: string;
  readonly store?: CredentialStore | undefined;
}
