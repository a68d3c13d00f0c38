import { ScimError } from '../../scim/error.ts';
import { bindFilter } from '../../scim/filter/bind.ts';
import { parseFilter } from '../../scim/filter/parse.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { integer, parseSort } from '../list-parameters.ts';
import type { ListRules } from '../offer.ts';
import { withOverlap } from '../overlap.ts';
import type { Parameters } from '../parameters.ts';
import type { ListRequest } from '../protocol.ts';
import { parseSelection, type Selection, unread } from '../selection.ts';
import { aliased, aliasedFilter } from './okta.ts';
import { NAMES } from './urns.ts';

/** SCIM 1.1 API §3.2.2.3, and what it leaves open: below 1 means 1, a negative count is an error. */
export function parsePaging(parameters: Parameters): { startIndex: number; count?: number } {
  const startIndex = Math.max(1, integer(parameters, 'startindex', 'startIndex') ?? 1);
  const count = integer(parameters, 'count', 'count');
  if (count !== undefined && count < 0)
    throw new ScimError('invalidPaging', 'count must not be negative', { fault: 'paging-invalid' });
  return { startIndex, ...(count === undefined ? {} : { count }) };
}

export const decodeSelection = (type: ResourceType, parameters: Parameters): Selection | undefined => {
  const text = parameters.get('attributes');
  // Some clients send every parameter they know, empty where they mean nothing by it.
  return text === undefined || text.trim() === '' ? undefined : parseSelection(NAMES, type, text);
};

/**
 * @param baseUrl  what `meta.location` begins with
 * @throws invalidFilter, invalidPaging, invalidValue naming the parameter; notImplemented for a feature that is off
 */
export function parseList(type: ResourceType, parameters: Parameters, baseUrl: string, rules: ListRules): ListRequest {
  const text = parameters.get('filter');
  if (text !== undefined && !rules.filter)
    throw new ScimError('notImplemented', 'filter is switched off', { fault: 'feature-off' });
  if (parameters.has('sortby') && !rules.sort)
    throw new ScimError('notImplemented', 'sortBy is switched off', { fault: 'feature-off' });
  if (text?.trim() === '')
    throw new ScimError('invalidFilter', 'filter: is empty; leave the parameter out or name an attribute', {
      fault: 'filter-invalid',
    });
  const parsed = text === undefined ? undefined : parseFilter(text);
  const bound = parsed && bindFilter(type, aliasedFilter(type, parsed), `${baseUrl}${type.endpoint}/`);
  const sort = parseSort(type, parameters, (path) => aliased(type, path));
  const selection = decodeSelection(type, parameters);
  return {
    ...parsePaging(parameters),
    query: {
      ...(bound ? { filter: withOverlap(bound, rules.incrementalOverlap) } : {}),
      ...(sort ? { sort } : {}),
      without: unread(selection),
    },
    ...(selection ? { selection } : {}),
  };
}
