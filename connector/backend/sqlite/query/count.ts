import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { Sql } from '../../sql/sql.ts';
import type { Connection } from '../connection/connection.ts';

/** How many resources of `type` there are. Their blocks know it. */
export function countAll(connection: Connection, type: TypeName): number {
  const [total] = connection.row<readonly [number | null]>(
    'SELECT sum(live) FROM block_count WHERE type = ?',
    type,
  ) ?? [0];
  return total ?? 0;
}

/** How many resources of `type` a condition on the row `r` is true for. */
export function countMatching(connection: Connection, type: TypeName, { text, params }: Sql): number {
  const [total] = connection.row<readonly [number]>(
    `SELECT count(*) FROM resource AS r WHERE r.type = '${type}' AND (${text})`,
    ...params,
  ) ?? [0];
  return total;
}
