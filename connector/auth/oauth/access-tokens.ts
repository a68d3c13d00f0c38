import { sealForClients, unsealFromClients } from '../../secrets/sealed.ts';

/** Before each of them: logs and reports know secrets of ours by it. */
const PREFIX = 'scim_at_';
const NAME = 'access token';

/** What whoever has an access token may do: all that the app offers. */
export const SCOPE = 'scim';

export type ReadToken =
  | { readonly client: string }
  /** Ours in the last case only: whoever gets `otherApp` or `expired` has shown one that was made here. */
  | { readonly flaw: 'unknown' | 'otherApp' | 'expired' };

/**
 * Access tokens of one app. All that is to be known of one is sealed in it, so that nothing is kept, a restart forgets none,
 * and connectors with the same key take each other's.
 */
export class AccessTokens {
  readonly #app: string;
  readonly #key: () => Buffer;
  readonly #now: () => number;

  /**
   * @param key  of 32 bytes, asked for when there is a first token
   * @param now  ms since 1970
   */
  constructor(app: string, key: () => Buffer, now: () => number = Date.now) {
    this.#app = app;
    this.#key = key;
    this.#now = now;
  }

  /** @param life  unit: ms */
  make(client: string, life: number): string {
    const text = JSON.stringify([this.#app, client, SCOPE, this.#now() + life]);
    return `${PREFIX}${sealForClients(this.#key(), NAME, text)}`;
  }

  read(token: string): ReadToken {
    const opened = this.#opened(token);
    if (opened === undefined) return { flaw: 'unknown' };
    const [app, client, scope, expires] = opened;
    if (app !== this.#app) return { flaw: 'otherApp' };
    if (this.#now() >= expires) return { flaw: 'expired' };
    return scope === SCOPE ? { client } : { flaw: 'unknown' };
  }

  #opened(token: string): readonly [app: string, client: string, scope: string, expires: number] | undefined {
    if (!token.startsWith(PREFIX)) return undefined;
    const opened = unsealFromClients(this.#key(), NAME, token.slice(PREFIX.length));
    return opened === undefined ? undefined : JSON.parse(opened);
  }
}
