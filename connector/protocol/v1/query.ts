import { ScimError, shown } from '../../scim/error.ts';
import type { Filter } from '../../scim/filter/ast.ts';
import { bindFilter, bindSimple } from '../../scim/filter/bind.ts';
import { parseFilter } from '../../scim/filter/parse.ts';
import { parsePath } from '../../scim/path.ts';
import type { Sort } from '../../scim/query.ts';
import type { BoundPath, ResourceType } from '../../scim/schema/resource-type.ts';
import type { ListRules } from '../offer.ts';
import { withAliases, withAliasesInFilter, withOverlap } from './okta.ts';
import { parseSelection, type Selection } from './selection.ts';

/** Parameters of one request under their lower-case names; of several with one name the first counts. */
export type Parameters = ReadonlyMap<string, string>;

/** Decodes `%20` and `+` alike (docs/okta-agent.md, Lookups). */
export function parseParameters(queryString: string): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(queryString)) {
    const lower = name.toLowerCase();
    if (!parameters.has(lower)) parameters.set(lower, value);
  }
  return parameters;
}

/** What a client asked of a list, in the service's words but for paging, which stays 1-based to be echoed. */
export interface ListRequest {
  readonly filter?: Filter<BoundPath>;
  readonly sort?: Sort;
  readonly selection?: Selection;
  readonly startIndex: number;
  /** Most resources wanted; `undefined`: as many as there are. */
  readonly count?: number;
}

function integer(parameters: Parameters, name: 'startindex' | 'count', label: string): number | undefined {
  const text = parameters.get(name)?.trim();
  if (text === undefined || text === '') return undefined;
  if (!/^[+-]?\d+$/.test(text))
    throw new ScimError('invalidPaging', `${label} must be a whole number, found ${shown(text)}`);
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}

/** SCIM 1.1 API §3.2.2.3, and what it leaves open: below 1 means 1, a negative count is an error. */
export function parsePaging(parameters: Parameters): { startIndex: number; count?: number } {
  const startIndex = Math.max(1, integer(parameters, 'startindex', 'startIndex') ?? 1);
  const count = integer(parameters, 'count', 'count');
  if (count !== undefined && count < 0) throw new ScimError('invalidPaging', 'count must not be negative');
  return { startIndex, ...(count === undefined ? {} : { count }) };
}

function parseSort(type: ResourceType, parameters: Parameters): Sort | undefined {
  const text = parameters.get('sortby')?.trim();
  const order = parameters.get('sortorder')?.trim().toLowerCase() ?? '';
  if (!['', 'ascending', 'descending'].includes(order)) {
    throw new ScimError('invalidValue', `sortOrder must be ascending or descending, found ${shown(order)}`);
  }
  if (text === undefined || text === '') return undefined;
  const path = parsePath(text);
  if (!path) throw new ScimError('invalidValue', `sortBy: ${shown(text)} is not an attribute name`);
  const bound = bindSimple(type, withAliases(type, path), 'sortBy');
  if (bound.attribute.name === 'meta' && bound.sub?.name === 'attributes') {
    throw new ScimError('invalidValue', 'sortBy: meta.attributes is never stored');
  }
  // Locations differ by the id alone.
  const location = bound.attribute.name === 'meta' && bound.sub?.name === 'location';
  return { path: location ? bindSimple(type, { name: 'id' }, 'sortBy') : bound, descending: order === 'descending' };
}

export const parseAttributes = (type: ResourceType, parameters: Parameters): Selection | undefined => {
  const text = parameters.get('attributes');
  return text === undefined ? undefined : parseSelection(type, text);
};

/**
 * @param location  what precedes the id in `meta.location`
 * @throws invalidFilter, invalidPaging, invalidValue naming the parameter; notImplemented for a feature that is off
 */
export function parseList(type: ResourceType, parameters: Parameters, location: string, rules: ListRules): ListRequest {
  const text = parameters.get('filter');
  if (text !== undefined && !rules.filter) throw new ScimError('notImplemented', 'filter is switched off');
  if (parameters.has('sortby') && !rules.sort) throw new ScimError('notImplemented', 'sortBy is switched off');
  if (text?.trim() === '')
    throw new ScimError('invalidFilter', 'filter: is empty; leave the parameter out or name an attribute');
  const parsed = text === undefined ? undefined : parseFilter(text);
  const bound = parsed && bindFilter(type, withAliasesInFilter(type, parsed), location);
  const sort = parseSort(type, parameters);
  const selection = parseAttributes(type, parameters);
  return {
    ...parsePaging(parameters),
    ...(bound ? { filter: withOverlap(bound, rules.incrementalOverlap) } : {}),
    ...(sort ? { sort } : {}),
    ...(selection ? { selection } : {}),
  };
}
