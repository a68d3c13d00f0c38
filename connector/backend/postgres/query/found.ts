import type { Place } from '../../sql/place.ts';
import type { FoundPage } from './page-statement.ts';

/** One page, by its rows. */
export interface Found extends FoundPage {
  /** Of a page with a cursor, when more follow. */
  readonly next?: Place;
}
