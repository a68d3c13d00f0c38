import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { Sql } from '../../sql/sql.ts';
import type { Connection } from '../connection/connection.ts';
import { type Caller, LONGEST_TURN, Turn } from '../connection/turn.ts';
import { BLOCK_SIZE, blocks } from '../schema/blocks.ts';

/** Unit: `seq`s. Cheap conditions soon take a whole block at a time, costly ones may take a while for one group. */
const FIRST_CHUNK = 256;
/** Of a condition, by which long ones begin with less. */
const FEW_VALUES = 4;

/** What is asked for one stretch of `seq`s after another: from the last parameter but one up to the last. */
export const stretchText = (type: TypeName, text: string): string =>
  `SELECT r.seq FROM resource AS r WHERE r.type = '${type}' AND (${text}) AND r.seq >= ? AND r.seq < ? ORDER BY r.seq`;

/**
 * Every `seq` that `condition` holds for, in order: `take` is given them chunk by chunk, and between two turns
 * others have theirs. It ends early when `take` answers 'enough'. For conditions without an index, which cost a look into every document.
 * @param from  the first `seq` that is looked at
 * @throws unavailable when the caller has left
 */
export async function tableScan(
  connection: Connection,
  caller: Caller,
  type: TypeName,
  { text, params }: Sql,
  take: (found: Iterable<readonly [number]>) => unknown,
  from = 0,
): Promise<void> {
  const within = stretchText(type, text);
  const turn = new Turn(caller);
  let chunk = Math.max(1, Math.floor(FIRST_CHUNK / Math.max(1, params.length / FEW_VALUES)));
  for (const [block] of blocks(connection, type)) {
    const end = (block + 1) * BLOCK_SIZE;
    for (let start = Math.max(from, block * BLOCK_SIZE), next = start; start < end; start = next) {
      next = Math.min(start + chunk, end);
      const begun = performance.now();
      if (take(connection.iterate<readonly [number]>(within, ...params, start, next)) === 'enough') return;
      const now = performance.now();
      if (now - begun > LONGEST_TURN) chunk = Math.max(1, chunk >> 2);
      else if (now - begun < LONGEST_TURN / 4) chunk = Math.min(BLOCK_SIZE, chunk * 2);
      if (turn.isOver) await turn.pass();
    }
  }
}
