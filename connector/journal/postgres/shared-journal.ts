import type { Caller, Database } from '../../postgres/database.ts';
import type { Entry } from '../entry.ts';
import type { CopyPosition, CopySlice, StoredText } from '../file/copy-source.ts';
import type { JournalRecord } from '../record.ts';
import { ClockOffset } from './clock-offset.ts';
import { storable } from './row-text.ts';
import { ADOPTED, COPY, NOW, POSITION, PRUNE } from './statements.ts';

/** Which connector it is. */
export interface Teller {
  /** A UUID. */
  readonly node: string;
  /** For people. */
  readonly name: string;
}

/** Most that go at once. */
const SLICE = 500;

/** The journal that connectors share, for one that writes it. @throws unavailable from every method */
export class SharedJournal {
  readonly #database: Database;
  readonly #teller: Teller;
  readonly #clock = new ClockOffset();

  constructor(database: Database, teller: Teller) {
    this.#database = database;
    this.#teller = teller;
  }

  /** Up to where the records of a file are in the database. @param file  as `CopySource` calls it */
  async position(caller: Caller, file: string): Promise<CopyPosition> {
    const { node, name } = this.#teller;
    const [row] = await this.#told<readonly [number, number, number]>(caller, POSITION, node, file, storable(name));
    if (!row) throw new Error('the position of a copy was not answered');
    const [seq, retold] = row;
    return { seq, retold };
  }

  /** @returns whether they are there; else the database does not stand at `from` */
  async copy(caller: Caller, file: string, from: CopyPosition, { records, upTo }: CopySlice): Promise<boolean> {
    while (this.#clock.isVague(Date.now())) await this.#told(caller, `SELECT ${NOW}`);
    const ahead = this.#clock.value;
    const rows = JSON.stringify(records.map((record) => this.#rowOf(record, ahead)));
    const where = [from.seq, from.retold, upTo.seq, upTo.retold];
    const [row] = await this.#told<readonly [number, number]>(caller, COPY, this.#teller.node, file, ...where, rows);
    return row?.[0] === 1;
  }

  /** Takes old records away. @returns how many went; when any did, there may be more. None where another does so */
  async prune(caller: Caller, maxAge: number, maxSize: number): Promise<number> {
    const [row] = await this.#database.rows<readonly [number]>(caller, PRUNE, maxAge, maxSize, SLICE);
    return row?.[0] ?? 0;
  }

  /** Records of this connector that another has taken over. */
  async adopted(caller: Caller): Promise<readonly Entry[]> {
    const { node, name } = this.#teller;
    const rows = await this.#database.rows<readonly [string, readonly string[], string]>(caller, ADOPTED, name, node);
    return rows.map(([key, about, doc]) => ({ key, about, record: JSON.parse(doc) }));
  }

  /** The last column is the database's clock. */
  async #told<T extends readonly unknown[]>(caller: Caller, text: string, ...params: readonly unknown[]): Promise<T[]> {
    const sent = Date.now();
    const rows = await this.#database.rows<T>(caller, text, ...params);
    this.#clock.tell(Number(rows[0]?.at(-1)), sent);
    return rows;
  }

  #rowOf({ key, time, app, message, outcome, isStranger, ref, about, doc }: StoredText, ahead: number): object {
    const { node = this.#teller.name, stored } = JSON.parse(doc) as Pick<JournalRecord, 'node' | 'stored'>;
    const [name, own] = [storable(node), storable(this.#teller.name)];
    return {
      ...{ key, message, outcome, ref, doc: storable(doc) },
      // What the people's own database says is in order whatever was told when.
      at: stored === undefined ? time + ahead : Date.parse(stored),
      app: storable(app),
      stranger: isStranger,
      about: about.map(storable),
      adopted: name === own ? null : name,
    };
  }
}
