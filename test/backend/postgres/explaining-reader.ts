import type { Reader } from '../../../connector/backend/postgres/row/statement.ts';
import type { Caller, Database } from '../../../connector/postgres/database.ts';

interface Node {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Node[];
}

/** Those that read a table or an index; others read what these have read. */
const READS = /^(?:Seq Scan|Index Scan|Index Only Scan|Bitmap Heap Scan|Tid Scan)/;

function rowsOf(node: Node): number {
  const own = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  const below = (node.Plans ?? []).reduce((sum, one) => sum + rowsOf(one), 0);
  return below + (READS.test(node['Node Type']) ? own : 0);
}

/** Asks, and has the server say what each statement read. */
export class ExplainingReader implements Reader {
  readonly #database: Database;
  readonly #caller: Caller;
  statements = 0;
  rowsRead = 0;

  constructor(database: Database, caller: Caller) {
    this.#database = database;
    this.#caller = caller;
  }

  async rows<T extends readonly unknown[]>(text: string, ...params: readonly unknown[]): Promise<T[]> {
    const explain = `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`;
    const [[plan] = ['[]']] = await this.#database.rows<readonly [string]>(this.#caller, explain, ...params);
    const [{ Plan }] = JSON.parse(plan) as readonly [{ readonly Plan: Node }];
    this.statements += 1;
    this.rowsRead += rowsOf(Plan);
    return this.#database.rows<T>(this.#caller, text, ...params);
  }
}
