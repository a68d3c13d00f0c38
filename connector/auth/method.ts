import type { IncomingHttpHeaders } from 'node:http';
import type { Notices } from '../log/notices.ts';
import type { FaultCode } from '../scim/fault-code.ts';
import type { Secret } from '../secrets/secret.ts';
import type { Attempt } from './attempt.ts';
import type { CredentialStore } from './credentials/credential-store.ts';
import type { AssertionLedger } from './oauth/used-assertions.ts';

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

/** RFC 6749 §5.2, and what it lacks for what passes by itself. */
export type OAuthCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_scope'
  | 'unsupported_grant_type'
  | 'temporarily_unavailable';

export interface TokenRequest {
  /** The parameters of the body, each once. */
  readonly form: ReadonlyMap<string, string>;
  /** There is an `Authorization` header, by which no client can log in here. */
  readonly hasHeader: boolean;
  /** The token endpoint and the issuer as this client sees them, as URLs. */
  readonly audiences: readonly string[];
}

export interface Granted {
  /** The client's id. */
  readonly actor: string;
  readonly token: string;
  /** Unit: s. */
  readonly expiresIn: number;
  readonly scope: string;
}

export interface Denied extends Refused {
  readonly code: OAuthCode;
}

/** Gives out what a method lets in later. */
export interface Issuer {
  grant(request: TokenRequest): Promise<Granted | Denied>;
}

/** One way to learn who calls, as an app is configured to ask for it. */
export interface Method {
  /** Name of the request's header that carries the credential. */
  readonly header: string;
  /** For `WWW-Authenticate` (RFC 9110 §11.6.1). */
  readonly challenge: string;
  /** The challenge after a refusal, where it says more. @param text  what was refused */
  challengeAfter?(fault: FaultCode | undefined, text: string): string;
  /** Gives out what is presented here. Absent where operators do. */
  readonly issuer?: Issuer | undefined;
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
  /** Who may ask for access tokens. */
  readonly client_id?: string;
  /** Where its public keys are: a URL with https, or a file. */
  readonly jwks_uri?: string;
  readonly jwks_file?: string;
  /** Trusted for `jwks_uri` instead of the usual authorities. PEM. */
  readonly jwks_ca_file?: string;
  /** Of an access token. Unit: ms. */
  readonly token_life?: number;
}

/** What the connector keeps for a method that gives out tokens itself. */
export interface TokenParts {
  /** Of 32 bytes; asked for when there is a first token. */
  readonly key: () => Buffer;
  readonly used: AssertionLedger;
}

/** Where a method finds the credentials that operators make. */
export interface Issued {
  /** The app's name in the configuration. */
  readonly app: string;
  readonly store?: CredentialStore | undefined;
  readonly tokens?: TokenParts | undefined;
  readonly log?: Notices | undefined;
}
