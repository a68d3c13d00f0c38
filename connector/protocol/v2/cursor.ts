import { ScimError } from '../../scim/error.ts';
import type { Page } from '../../scim/query.ts';
import type { Cursors } from '../cursors.ts';
import type { Parameters } from '../parameters.ts';
import type { ListRequest } from '../protocol.ts';

/** What makes a list another one. */
const BINDING = ['filter', 'sortby', 'sortorder', 'attributes', 'excludedattributes'] as const;

/** How the list goes on, of a request that asks for a page by a cursor (RFC 9865 §2). */
export interface CursorRequest extends Required<Pick<ListRequest, 'startIndex' | 'cursorOf'>> {
  readonly cursor: NonNullable<ListRequest['query']['cursor']>;
}

/**
 * @param endpoint  whose list it is
 * @throws invalidValue, invalidCursor, expiredCursor, invalidCount
 */
export function decodeCursor(
  endpoint: string,
  parameters: Parameters,
  count: number | undefined,
  cursors: Cursors | undefined,
): CursorRequest | undefined {
  const text = parameters.get('cursor')?.trim();
  if (text === undefined || !cursors) return undefined;
  if ((parameters.get('startindex')?.trim() ?? '') !== '')
    throw new ScimError('invalidValue', 'startIndex and cursor exclude each other; send one of them', {
      fault: 'paging-invalid',
    });
  const list = JSON.stringify([endpoint, ...BINDING.map((name) => parameters.get(name)?.trim() ?? '')]);
  const asked = { list, count };
  const { place, seen } = text === '' ? { place: undefined, seen: 0 } : cursors.open(asked, text);
  return {
    cursor: place === undefined ? {} : { after: place },
    startIndex: seen + 1,
    cursorOf: ({ resources, next }: Page) =>
      next === undefined ? undefined : cursors.seal(asked, { place: next, seen: seen + resources.length }),
  };
}
