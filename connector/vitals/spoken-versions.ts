import type { OperationEvent } from '../service/observer.ts';

/** Credentials and versions that are remembered. */
const MOST = 64;

/** A version of SCIM that whoever has a credential speaks. */
export interface SpokenVersion {
  readonly app: string;
  /** Name of the credential. */
  readonly actor: string;
  /** Of SCIM: `2.0`. */
  readonly version: string;
  /** When it was begun with, or gone back to from another. ISO 8601, UTC. */
  readonly since: string;
  /** ISO 8601, UTC. */
  readonly last: string;
  /** How many times it was begun with: 1 where it came after another and stayed. */
  readonly begun: number;
}

/** Neither names of apps nor of credentials have a line break. */
const keyOf = ({ app, actor, version }: Pick<SpokenVersion, 'app' | 'actor' | 'version'>): string =>
  `${app}\n${actor}\n${version}`;

/** Which version of SCIM Okta speaks with each app: its administrator chooses it by the base URL, and here nobody else tells. */
export class SpokenVersions {
  /** The last that was heard is the last one here. */
  readonly #byKey = new Map<string, SpokenVersion>();
  /** By app and credential, the version that was heard last. */
  readonly #latest = new Map<string, string>();

  /** @param versions  the latest last */
  restore(versions: readonly SpokenVersion[]): void {
    for (const one of versions) {
      this.#byKey.set(keyOf(one), one);
      this.#latest.set(keyOf({ ...one, version: '' }), one.version);
    }
  }

  observe({ app, call: { actor, client } }: OperationEvent, now: number): void {
    const version = client?.scim;
    if (version === undefined || actor === '') return;
    const key = keyOf({ app, actor, version });
    const known = this.#byKey.get(key);
    const last = new Date(now).toISOString();
    const whose = keyOf({ app, actor, version: '' });
    const goesOn = known && this.#latest.get(whose) === version;
    this.#latest.set(whose, version);
    this.#byKey.delete(key);
    this.#byKey.set(key, {
      ...{ app, actor, version, last },
      since: goesOn ? known.since : last,
      begun: (known?.begun ?? 0) + (goesOn ? 0 : 1),
    });
    const [oldest] = this.#byKey.keys();
    if (this.#byKey.size > MOST && oldest !== undefined) this.#byKey.delete(oldest);
  }

  /** The latest first. */
  list(): readonly SpokenVersion[] {
    return [...this.#byKey.values()].toReversed();
  }
}
