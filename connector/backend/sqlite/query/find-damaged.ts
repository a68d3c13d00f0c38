import { TRAITS } from '../../../scim/schema/resource-type.ts';
import { raw } from '../../sql/sql.ts';
import type { Connection } from '../connection/connection.ts';
import type { Caller } from '../connection/turn.ts';
import { tableScan } from './table-scan.ts';

/** Most worth a place in the log: the first already means "restore a backup". */
const MOST = 20;

/** Ids of resources whose documents are no JSON, the first of them; looked for in turns. */
export async function findDamaged(connection: Connection, caller: Caller): Promise<readonly string[]> {
  const seqs: number[] = [];
  for (const { name } of Object.values(TRAITS)) {
    await tableScan(connection, caller, name, raw('NOT json_valid(r.doc)'), (found) => {
      for (const [seq] of found) if (seqs.length < MOST) seqs.push(seq);
    });
  }
  return seqs.map((seq) => connection.row<readonly [string]>('SELECT id FROM resource WHERE seq = ?', seq)?.[0] ?? '');
}
