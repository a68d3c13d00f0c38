import type { IncomingHttpHeaders } from 'node:http';
import type { Notices } from '../log/notices.ts';
import { ScimError } from '../scim/error.ts';
import type { Accepted, Denied, Granted, Method, Refused, TokenRequest } from './method.ts';
import { GrantRefused } from './oauth/grant-refused.ts';
import type { Throttle } from './throttle.ts';

export interface AuthenticatorOptions {
  readonly method: Method;
  /** The app's name in the configuration. */
  readonly app: string;
  readonly throttle: Throttle;
  readonly log: Notices;
}

export interface Presented {
  readonly headers: IncomingHttpHeaders;
  /** The client's, for throttling. */
  readonly address: string;
}

const NO_ISSUER: Denied = {
  code: 'unsupported_grant_type',
  fault: 'path-unknown',
  refused: 'this app gives out no access tokens',
  counts: false,
};

/** Lets requests in to one app: what its method accepts, and not too many attempts that it refuses. */
export class Authenticator {
  readonly #options: AuthenticatorOptions;
  #warned = false;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
  }

  /** Where the credential is expected. */
  get header(): string {
    return this.#options.method.header;
  }

  /** For `WWW-Authenticate`. */
  get challenge(): string {
    return this.#options.method.challenge;
  }

  /** For `WWW-Authenticate` after a refusal. */
  challengeAfter(failure: unknown): string {
    const { method } = this.#options;
    if (!(failure instanceof ScimError)) return method.challenge;
    return method.challengeAfter?.(failure.fault, failure.message) ?? method.challenge;
  }

  /** Whether clients ask here for what they present later. */
  get grants(): boolean {
    return this.#options.method.issuer !== undefined;
  }

  /** An access token for a client that proves itself. @throws GrantRefused */
  async grant(request: TokenRequest, address: string): Promise<Granted> {
    const { method, app, throttle } = this.#options;
    const verdict = (await method.issuer?.grant(request)) ?? NO_ISSUER;
    if ('refused' in verdict) throw this.#denial(verdict, address);
    throttle.succeed(address, app);
    return verdict;
  }

  /** @throws unauthorized, throttled (after too many failures, or not judged for now) */
  async authenticate({ headers, address }: Presented): Promise<Accepted> {
    const { method, app, throttle } = this.#options;
    const verdict = await method.judge(headers, throttle.attempt(address, app));
    if ('refused' in verdict) throw this.#failure(verdict, address);
    throttle.succeed(address, app);
    if (verdict.warning !== undefined) this.#warnOnce(verdict.warning);
    return verdict;
  }

  #failure({ fault, refused, counts, retryAfter: notJudged }: Refused, address: string): ScimError {
    const { app, throttle, log } = this.#options;
    if (notJudged !== undefined) return new ScimError('throttled', refused, { fault, retryAfter: notJudged });
    const tooMany = counts ? throttle.fail(address) : undefined;
    if (tooMany === undefined) return new ScimError('unauthorized', refused, { fault });
    const { retryAfter, first } = tooMany;
    if (first) log.warn(`app ${app}: too many failed attempts from ${address}, answering 429`);
    return new ScimError('throttled', `${refused} (too many failed attempts, try again in ${retryAfter} s)`, {
      fault,
      retryAfter,
    });
  }

  #denial(denied: Denied, address: string): GrantRefused {
    const { code, fault, refused, retryAfter } = denied;
    if (retryAfter !== undefined) return new GrantRefused(code, 'unavailable', refused, { fault, retryAfter });
    const { reason, message, retryAfter: wait } = this.#failure(denied, address);
    if (wait !== undefined) return new GrantRefused(code, reason, message, { fault, retryAfter: wait });
    return new GrantRefused(code, code === 'invalid_client' ? reason : 'invalidValue', message, { fault });
  }

  #warnOnce(text: string): void {
    if (!this.#warned) this.#options.log.warn(`app ${this.#options.app}: ${text}`);
    this.#warned = true;
  }
}
