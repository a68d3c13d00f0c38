/** The credentials as a running server asks for them. */
import { timingSafeEqual } from 'node:crypto';
import type { Notices } from '../../log/notices.ts';
import { hashPassword, verifyPassword } from '../../secrets/password-hash.ts';
import { digestOf, sameDigest, sameSecret, sealOf } from '../../secrets/secret-equality.ts';
import {
  type BasicCredential,
  type Credential,
  credentialFile,
  readCredentials,
  versionOf,
} from './credential-file.ts';
import { isExpired } from './credentials.ts';
import { LastUse } from './last-use.ts';

export interface StoreOptions {
  readonly stateDir: string;
  readonly log: Notices;
  /** Unit: ms since 1970. */
  readonly now?: () => number;
  /** How long an added or revoked credential may go unnoticed. Unit: ms. */
  readonly lookEvery?: number;
}

/** Whoever gets `expired` or `otherApp` has shown a secret that was right. */
export type Verdict =
  | { readonly accepted: true; readonly name: string }
  | { readonly accepted: false; readonly why: 'unknown' | 'expired' | 'otherApp' | 'busy' };

/** More first-time passwords than this at once are an attack; 19 MiB and some 30 ms are spent on each. */
const MOST_WAITING = 64;

const BUSY: Verdict = { accepted: false, why: 'busy' };
const UNKNOWN: Verdict = { accepted: false, why: 'unknown' };

export class CredentialStore {
  readonly #file: string;
  readonly #log: Notices;
  readonly #now: () => number;
  readonly #lookEvery: number;
  readonly #lastUse: LastUse;
  #credentials: readonly Credential[];
  #version: string;
  #looked: number;
  /** Argon2 hash → seal of the password that was verified against it: a second request costs microseconds. */
  readonly #proven = new Map<string, Buffer>();
  /** Argon2 runs one at a time: each takes 19 MiB, and wrong guesses may come by the hundred. */
  #argon: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #decoy: Promise<string> | undefined;

  /** @throws CredentialError the file cannot be read */
  constructor({ stateDir, log, now = Date.now, lookEvery = 500 }: StoreOptions) {
    this.#lookEvery = lookEvery;
    this.#file = credentialFile(stateDir);
    this.#log = log;
    this.#now = now;
    this.#lastUse = new LastUse(stateDir, log);
    this.#version = versionOf(this.#file);
    this.#credentials = readCredentials(this.#file);
    this.#looked = performance.now();
  }

  /** Whether `app` has any credential of this kind, expired or not. */
  has(kind: Credential['kind'], app: string): boolean {
    return this.#current().some((credential) => credential.kind === kind && isFor(credential, app));
  }

  verifyToken(token: string, app: string): Verdict {
    const digest = digestOf(token);
    let found: Credential | undefined;
    for (const credential of this.#current()) {
      if (credential.kind === 'token' && sameDigest(credential.sha256, digest)) found = credential;
    }
    return this.#judge(found, app);
  }

  async verifyBasic(username: string, password: string, app: string): Promise<Verdict> {
    const known = this.#current().filter((credential) => credential.kind === 'basic');
    const named = known.filter((credential) => sameSecret(credential.username, username));
    for (const credential of named) {
      if (this.#isProven(credential, password)) return this.#judge(credential, app);
    }
    // A hash has one password. Once all are proven, any other password is wrong without computing anything.
    const open = named.filter(({ hash }) => !this.#proven.has(hash));
    const pretend = open.length === 0 && known.some(({ hash }) => !this.#proven.has(hash));
    if ((pretend || open.length > 0) && this.#waiting >= MOST_WAITING) return BUSY;
    if (pretend) await this.#pretend(password);
    for (const credential of open) {
      if (await this.#prove(credential, password)) return this.#judge(credential, app);
    }
    return UNKNOWN;
  }

  /** Writes what is pending. */
  close(): void {
    this.#lastUse.flush();
  }

  #judge(found: Credential | undefined, app: string): Verdict {
    if (found === undefined) return UNKNOWN;
    if (isExpired(found, this.#now())) return { accepted: false, why: 'expired' };
    if (!isFor(found, app)) return { accepted: false, why: 'otherApp' };
    this.#lastUse.touch(found.name, this.#now());
    return { accepted: true, name: found.name };
  }

  #isProven({ hash }: BasicCredential, password: string): boolean {
    const seal = this.#proven.get(hash);
    return seal !== undefined && timingSafeEqual(seal, sealOf(hash, password));
  }

  #prove(credential: BasicCredential, password: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const { hash } = credential;
      // Proven while this one waited its turn.
      if (this.#proven.has(hash)) return this.#isProven(credential, password);
      const right = await verifyPassword(hash, password);
      if (right) this.#proven.set(hash, sealOf(hash, password));
      return right;
    });
  }

  /** Takes as long as a known user name would. */
  async #pretend(password: string): Promise<void> {
    this.#decoy ??= hashPassword('');
    const decoy = await this.#decoy;
    await this.#inTurn(() => verifyPassword(decoy, password));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const turn = this.#argon.then(work).finally(() => {
      this.#waiting -= 1;
    });
    this.#argon = turn.catch(() => undefined);
    return turn;
  }

  #current(): readonly Credential[] {
    if (performance.now() - this.#looked < this.#lookEvery) return this.#credentials;
    this.#looked = performance.now();
    try {
      const version = versionOf(this.#file);
      if (version === this.#version) return this.#credentials;
      this.#version = version;
      this.#credentials = readCredentials(this.#file);
      const hashes = new Set(
        this.#credentials.map((credential) => (credential.kind === 'basic' ? credential.hash : '')),
      );
      for (const hash of this.#proven.keys()) if (!hashes.has(hash)) this.#proven.delete(hash);
      this.#log.info(`credentials read again: ${this.#credentials.length} in use`);
    } catch (cause) {
      this.#log.warn(`keeping the credentials in use: ${(cause as Error).message}`);
    }
    return this.#credentials;
  }
}

const isFor = (credential: Credential, app: string): boolean => credential.app === undefined || credential.app === app;
