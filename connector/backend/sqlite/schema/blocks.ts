import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';

/** Size of a block of `seq` in `block_count`, as a power of two: what one page request may have to step over. */
export const BLOCK_BITS = 12;
export const BLOCK_SIZE = 2 ** BLOCK_BITS;

/** The blocks of `seq` in which there is any of `type`, with how many. */
export const blocks = (connection: Connection, type: TypeName): (readonly [block: number, live: number])[] =>
  connection.rows('SELECT block, live FROM block_count WHERE type = ? AND live > 0 ORDER BY block', type);
