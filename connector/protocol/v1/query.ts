import { ScimError, shown } from '../../scim/error.ts';
import { bindFilter, bindSimple } from '../../scim/filter/bind.ts';
import { parseFilter } from '../../scim/filter/parse.ts';
import { parsePath } from '../../scim/path.ts';
import type { Sort } from '../../scim/query.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { ListRules } from '../offer.ts';
import type { Parameters } from '../parameters.ts';
import type { ListRequest } from '../protocol.ts';
import { parseSelection, type Selection, unread } from '../selection.ts';
import { aliased, aliasedFilter, withOverlap } from './okta.ts';
import { NAMES } from './urns.ts';

function integer(parameters: Parameters, name: 'startindex' | 'count', label: string): number | undefined {
  const text = parameters.get(name)?.trim();
  if (text === undefined || text === '') return undefined;
  if (!/^[+-]?\d+$/.test(text))
    throw new ScimError('invalidPaging', `${label} must be a whole number, found ${shown(text)}`, {
      fault: 'paging-invalid',
    });
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}

/** SCIM 1.1 API §3.2.2.3, and what it leaves open: below 1 means 1, a negative count is an error. */
export function parsePaging(parameters: Parameters): { startIndex: number; count?: number } {
  const startIndex = Math.max(1, integer(parameters, 'startindex', 'startIndex') ?? 1);
  const count = integer(parameters, 'count', 'count');
  if (count !== undefined && count < 0)
    throw new ScimError('invalidPaging', 'count must not be negative', { fault: 'paging-invalid' });
  return { startIndex, ...(count === undefined ? {} : { count }) };
}

function parseSort(type: ResourceType, parameters: Parameters): Sort | undefined {
  const text = parameters.get('sortby')?.trim();
  const order = parameters.get('sortorder')?.trim().toLowerCase() ?? '';
  if (!['', 'ascending', 'descending'].includes(order)) {
    throw new ScimError('invalidValue', `sortOrder must be ascending or descending, found ${shown(order)}`, {
      fault: 'sort-invalid',
    });
  }
  if (text === undefined || text === '') return undefined;
  const path = parsePath(text);
  if (!path)
    throw new ScimError('invalidValue', `sortBy: ${shown(text)} is not an attribute name`, { fault: 'sort-invalid' });
  const bound = bindSimple(type, aliased(type, path), 'sortBy');
  if (bound.attribute.name === 'meta' && bound.sub?.name === 'attributes') {
    throw new ScimError('invalidValue', 'sortBy: meta.attributes is never stored', { fault: 'sort-invalid' });
  }
  // Locations differ by the id alone.
  const location = bound.attribute.name === 'meta' && bound.sub?.name === 'location';
  return { path: location ? bindSimple(type, { name: 'id' }, 'sortBy') : bound, descending: order === 'descending' };
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
  const sort = parseSort(type, parameters);
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
