import { byKey, type Condition } from '../../sql/condition.ts';

/** Those that are known already. */
export const amongRows = (seqs: readonly number[]): Condition =>
  byKey({ text: 'r.seq IN (SELECT value FROM json_each(?))', params: [JSON.stringify(seqs)] });
