import type { Caller, Database } from '../postgres/database.ts';
import { ScimError } from '../scim/error.ts';
import { seal, unseal } from '../secrets/sealed.ts';
import { derivedFrom } from '../secrets/secret-store.ts';
import type { StateConfig } from './shared-state.ts';

/** Unit: ms. */
const PATIENCE = 5000;

type Row = readonly [sealed: string, by: string];

const soon = (): Caller => ({ signal: AbortSignal.timeout(PATIENCE) });

/** What opens them, the best first: each is tried, since a key may have been set after the first start. */
export function secretsOf({ state: { postgres } }: Pick<StateConfig, 'state'>): readonly string[] {
  const password = postgres.password?.reveal() ?? process.env['PGPASSWORD'];
  const all = [postgres.key?.reveal(), password, ''];
  return all.filter((secret, i): secret is string => secret !== undefined && all.indexOf(secret) === i);
}

/** Secrets that connectors share, each sealed under its name: who reads the database alone does not have them. */
export class SealedValues {
  readonly #database: Database;
  readonly #node: string;
  readonly #keys: readonly Buffer[];

  /**
   * @param secrets  what they are sealed with, and what they may have been sealed with before
   * @param node  what this connector is called, for whoever cannot open what it has sealed
   */
  constructor(database: Database, secrets: readonly string[], node: string) {
    this.#database = database;
    this.#node = node;
    this.#keys = secrets.map((secret) => derivedFrom(secret, 'shared state'));
  }

  /** Undefined where nobody has made it yet. @throws unavailable  this connector cannot open it, and how to mend that */
  async read(name: string): Promise<string | undefined> {
    const [row] = await this.#database.rows<Row>(
      soon(),
      'SELECT sealed, sealed_by FROM scim.shared_key WHERE name = $1',
      name,
    );
    return row && this.#open(name, row);
  }

  /** Made by whoever comes first; all others get that one. @throws unavailable */
  async keep(name: string, make: () => string | Promise<string>): Promise<string> {
    const known = await this.read(name);
    if (known !== undefined) return known;
    const made = await make();
    await this.#database.run(
      soon(),
      'INSERT INTO scim.shared_key (name, sealed, sealed_by, changed) VALUES ($1, $2, $3, scim.now_ms()) ON CONFLICT (name) DO NOTHING',
      ...[name, this.#sealed(name, made), this.#node],
    );
    return (await this.read(name)) ?? made;
  }

  /** @throws unavailable */
  async replace(name: string, value: string): Promise<void> {
    await this.#database.run(
      soon(),
      `INSERT INTO scim.shared_key (name, sealed, sealed_by, changed) VALUES ($1, $2, $3, scim.now_ms())
ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, sealed_by = excluded.sealed_by, changed = excluded.changed`,
      ...[name, this.#sealed(name, value), this.#node],
    );
  }

  #sealed(name: string, value: string): string {
    return seal(this.#keys[0] as Buffer, name, value);
  }

  async #open(name: string, [sealed, by]: Row): Promise<string> {
    for (const [i, key] of this.#keys.entries()) {
      const value = opened(key, name, sealed);
      if (value === undefined) continue;
      // From now on by the best that there is: whoever lacks it is told so at its next start.
      if (i > 0) await this.replace(name, value);
      return value;
    }
    throw new ScimError(
      'unavailable',
      `the keys in the database do not open: ${by} has sealed them with another [state.postgres] key or password; give both the same`,
      { fault: 'shared-keys-do-not-open' },
    );
  }
}

function opened(key: Buffer, name: string, sealed: string): string | undefined {
  try {
    return unseal(key, name, sealed);
  } catch {
    return undefined;
  }
}
