import type { Place } from './place.ts';

/** Which resources make up one page, by `seq`, and how many the whole query has. */
export interface PageRows {
  readonly total: number;
  readonly seqs: readonly number[];
  /** Of a page with a cursor, when more follow. */
  readonly next?: Place;
}
