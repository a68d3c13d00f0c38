/** Size of a block of `seq` in `block_count`, as a power of two: what one page request may have to step over. */
export const BLOCK_BITS = 12;
export const BLOCK_SIZE = 2 ** BLOCK_BITS;
