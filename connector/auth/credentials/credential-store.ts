import type { Alarms } from '../../log/notices.ts';
import { digestOf, KnownSecret, sameDigest } from '../../secrets/secret-equality.ts';
import type { Attempt } from '../attempt.ts';
import { type Credential, type CredentialKind, type HashedCredential, isExpired, isFor } from './credential.ts';
import type { CredentialSource, UseRecord } from './credential-source.ts';
import { CredentialsInUse } from './credentials-in-use.ts';
import { LastUse } from './last-use.ts';
import { isLent } from './lent-name.ts';
import { PasswordProofs } from './password-proofs.ts';

export interface StoreOptions {
  readonly stateDir: string;
  readonly log: Alarms;
  /** Unit: ms since 1970. */
  readonly now?: () => number;
  /** How long an added or revoked credential may go unnoticed. Unit: ms. */
  readonly lookEvery?: number;
  /** Where they come from, and where their use goes, instead of the state folder. */
  readonly shared?: { readonly source: CredentialSource; readonly used: UseRecord } | undefined;
}

/** Whoever gets `expired` or `otherApp` has shown a secret that was right. */
export type Verification =
  | { readonly accepted: true; readonly name: string }
  | { readonly accepted: false; readonly why: 'unknown' | 'expired' | 'otherApp' | 'busy' | 'suspended' };

const BUSY: Verification = { accepted: false, why: 'busy' };
const SUSPENDED: Verification = { accepted: false, why: 'suspended' };
const UNKNOWN: Verification = { accepted: false, why: 'unknown' };

/** The credentials as a running server asks for them. */
export class CredentialStore {
  readonly #now: () => number;
  readonly #source: CredentialSource;
  readonly #used: UseRecord;
  readonly #proofs = new PasswordProofs();
  #known: readonly Credential[] = [];

  /** @throws CredentialError the file cannot be read */
  constructor({ stateDir, log, now, lookEvery = 500, shared }: StoreOptions) {
    this.#source = shared?.source ?? new CredentialsInUse({ stateDir, log, lookEvery });
    this.#used = shared?.used ?? new LastUse(stateDir, log);
    this.#now = now ?? (() => this.#source.now?.() ?? Date.now());
  }

  /** Whether `app` has any credential of this kind, expired or not. */
  has(kind: CredentialKind, app: string): boolean {
    return this.#current().some((credential) => credential.kind === kind && isFor(credential, app));
  }

  /** Which credentials there are and when they end: ISO 8601, UTC. Those of a running command are not missed. */
  expiries(): readonly Pick<Credential, 'name' | 'expires'>[] {
    const lasting = this.#current().filter((one) => !isLent(one));
    return lasting.map(({ name, expires }) => ({ name, ...(expires === undefined ? {} : { expires }) }));
  }

  verifyToken(token: string, app: string): Verification {
    const digest = digestOf(token);
    let found: Credential | undefined;
    // All of them, so that the time taken does not tell which.
    for (const credential of this.#current()) {
      if (credential.kind === 'token' && sameDigest(credential.sha256, digest)) found = credential;
    }
    return this.#judge(found, app);
  }

  async verifyBasic(username: string, password: string, app: string, attempt: Attempt): Promise<Verification> {
    const digest = digestOf(password);
    const name = new KnownSecret(username);
    let found: Credential | undefined;
    const hashed: HashedCredential[] = [];
    for (const credential of this.#current()) {
      if ('hash' in credential) hashed.push(credential);
      else if (credential.kind === 'basic') {
        const [right, named] = [sameDigest(credential.sha256, digest), name.equals(credential.username)];
        if (right && named) found = credential;
      }
    }
    return found || hashed.length === 0
      ? this.#judge(found, app)
      : this.#verifyHashed(hashed, username, password, app, attempt);
  }

  async #verifyHashed(
    known: readonly HashedCredential[],
    username: string,
    password: string,
    app: string,
    attempt: Attempt,
  ): Promise<Verification> {
    const proofs = this.#proofs;
    const name = new KnownSecret(username);
    const named = known.filter((credential) => name.equals(credential.username));
    for (const credential of named) {
      if (proofs.isProven(credential.hash, password)) return this.#judge(credential, app);
    }
    // A hash has one password. Once all are proven, any other password is wrong without computing anything.
    const open = named.filter(({ hash }) => !proofs.has(hash));
    const pretend = open.length === 0 && known.some(({ hash }) => !proofs.has(hash));
    if (pretend || open.length > 0) {
      if (!attempt.mayGuess()) return SUSPENDED;
      if (proofs.isBusyFor(attempt)) return BUSY;
    }
    if (pretend) await proofs.pretend(password, attempt);
    for (const credential of open) {
      if (await proofs.prove(credential.hash, password, attempt)) return this.#judge(credential, app);
    }
    return UNKNOWN;
  }

  /**
   * Asks where other connectors may have made a credential a moment ago: for one that is unknown here. Takes a moment at most.
   * @returns whether there is another list now
   */
  async learn(): Promise<boolean> {
    const before = this.#current();
    await this.#source.learn?.();
    return this.#current() !== before;
  }

  /** Looks at the file at once. Never throws: what cannot be read leaves everything as it is, and the log says so. */
  readAgain(): void {
    this.#source.readAgain();
  }

  /** Writes what is pending. */
  async close(): Promise<void> {
    this.#source.close?.();
    await this.#used.flush();
  }

  #current(): readonly Credential[] {
    const now = this.#source.current();
    if (now !== this.#known) this.#proofs.keepOnly(new Set(now.flatMap((one) => ('hash' in one ? one.hash : []))));
    this.#known = now;
    return now;
  }

  #judge(found: Credential | undefined, app: string): Verification {
    if (found === undefined) return UNKNOWN;
    if (isExpired(found, this.#now())) return { accepted: false, why: 'expired' };
    if (!isFor(found, app)) return { accepted: false, why: 'otherApp' };
    // Of a command that ends in a moment nobody asks when it was used last.
    if (!isLent(found)) this.#used.touch(found.name, this.#now());
    return { accepted: true, name: found.name };
  }
}
