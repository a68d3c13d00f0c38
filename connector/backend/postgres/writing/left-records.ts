import { randomUUID } from 'node:crypto';
import type { Database } from '../../../postgres/database.ts';
import type { LeftOutboxes, Outbox, OutboxItem } from '../../trail.ts';

/** Unit: ms. */
const PATIENCE = 10_000;

const ours = () => ({ signal: AbortSignal.timeout(PATIENCE) });

/** Whose it is, of a name that somebody has taken over: `<node>/<number of the taking over>`. */
const ownerOf = (name: string): string => name.split('/')[0] ?? name;

/** Records that were taken over at one time: no others come to them. */
class TakenOver implements Outbox {
  readonly #database: Database;
  readonly #name: string;

  constructor(database: Database, name: string) {
    this.#database = database;
    this.#name = name;
  }

  async waiting(most: number, after = 0): Promise<readonly OutboxItem[]> {
    const text = 'SELECT seq, text FROM scim.outbox WHERE node = $1 AND seq > $2 ORDER BY seq LIMIT $3';
    const rows = await this.#database.rows<readonly [number, string]>(ours(), text, this.#name, after, most);
    return rows.map(([seq, item]) => ({ seq, text: item }));
  }

  /** No change comes along that could take them with it. */
  drop(seq: number): void {
    const text = 'DELETE FROM scim.outbox WHERE node = $1 AND seq <= $2';
    // What is still there is carried once more, and found to be known.
    this.#database.run(ours(), text, this.#name, seq).catch(() => undefined);
  }
}

/** Records that other connectors have left beside the people. */
export class LeftRecords implements LeftOutboxes {
  readonly #database: Database;
  readonly #node: string;
  readonly #taken = new Map<string, TakenOver>();

  constructor(database: Database, node: string) {
    this.#database = database;
    this.#node = node;
  }

  async takeOver(isGone: (node: string) => boolean): Promise<readonly Outbox[]> {
    const text = 'SELECT DISTINCT node FROM scim.outbox WHERE node <> $1';
    const names = await this.#database.rows<readonly [string]>(ours(), text, this.#node);
    const left = new Set<string>();
    for (const [name] of names) {
      const owner = ownerOf(name);
      // Taken over already, may be by an earlier process of this connector.
      if (owner === this.#node) left.add(name);
      else if (isGone(owner)) left.add(await this.#take(name));
    }
    for (const name of this.#taken.keys()) if (!left.has(name)) this.#taken.delete(name);
    return [...left].map((name) => this.#of(name));
  }

  /** Of two who want it at once one finds nothing. */
  async #take(name: string): Promise<string> {
    const own = `${this.#node}/${randomUUID()}`;
    await this.#database.run(ours(), 'UPDATE scim.outbox SET node = $2 WHERE node = $1', name, own);
    return own;
  }

  #of(name: string): TakenOver {
    const known = this.#taken.get(name) ?? new TakenOver(this.#database, name);
    this.#taken.set(name, known);
    return known;
  }
}
