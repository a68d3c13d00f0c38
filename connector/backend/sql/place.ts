import { noSuchPlace } from '../../scim/error.ts';
import type { Cursor } from '../../scim/query.ts';

/** A value that rows are ordered by. */
export type Key = string | number | null;

/** Where a page ends. */
export interface Place {
  /** `seq` alone, or what the list is sorted by and what keeps equals apart. */
  readonly by: readonly Key[];
  /** Of the whole list, where counting it costs a look at everybody: counted once, for the first page. */
  readonly total?: number;
}

const isPlace = (value: unknown): value is Place => {
  const { by, total } = Object(value) as { readonly by?: unknown; readonly total?: unknown };
  return (
    Array.isArray(by) &&
    by.every((key) => key === null || typeof key === 'string' || typeof key === 'number') &&
    (total === undefined || typeof total === 'number')
  );
};

/**
 * What a `Page.next` of ours says; `undefined` at the beginning of a list.
 * @param width  how many values there should be
 * @throws invalidCursor
 */
export function readPlace({ after }: Cursor, width: number): Place | undefined {
  if (after === undefined) return undefined;
  try {
    const place: unknown = JSON.parse(after);
    if (isPlace(place) && place.by.length === width) return place;
  } catch {
    // The words of another store.
  }
  throw noSuchPlace();
}
