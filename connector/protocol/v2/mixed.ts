import { ScimError } from '../../scim/error.ts';
import { type Filter, foldFilter, NEVER, rebuilt } from '../../scim/filter/ast.ts';
import { isNever } from '../../scim/filter/simplify.ts';
import type { Path } from '../../scim/path.ts';
import type { Page } from '../../scim/query.ts';
import { bindPath, type ResourceType } from '../../scim/schema/resource-type.ts';
import type { Json } from '../json.ts';
import { encodedPage } from '../list-of.ts';
import type { ListRules } from '../offer.ts';
import type { Parameters } from '../parameters.ts';
import type { Encoding, MixedPage, MixedRequest, PageRequest } from '../protocol.ts';
import { decodeCursor } from './cursor.ts';
import { encodeResource, listOf, placeOf } from './encode.ts';
import { decodeQuery, meant, parsePaging } from './query.ts';

/** An attribute that this type lacks and another one has counts as no value (RFC 7644 §3.4.2.1). */
function lacking(type: ResourceType, others: readonly ResourceType[], filter: Filter<Path>): Filter<Path> {
  const leads = (one: ResourceType, path: Path): boolean => bindPath(one, meant(one, path)) !== undefined;
  const isLacking = (path: Path): boolean => !leads(type, path) && others.some((other) => leads(other, path));
  const unless = (path: Path, part: Filter<Path>): Filter<Path> => (isLacking(path) ? NEVER : part);
  return foldFilter<Path, Filter<Path>>(filter, {
    ...rebuilt<Path>(),
    some: (path, part) => unless(path, { kind: 'some', path, filter: part }),
    present: (path) => unless(path, { kind: 'present', path }),
    compare: (path, op, value) => unless(path, { kind: 'compare', path, op, value }),
  });
}

/**
 * The list of all resources (RFC 7644 §3.4.2.1): one type after another, those left out of which the filter accepts none.
 * @throws as `decodeList`
 */
export function decodeMixed(
  types: readonly ResourceType[],
  parameters: Parameters,
  baseUrl: string,
  rules: ListRules,
): MixedRequest {
  const paging = parsePaging(parameters);
  const decoded = (given: Parameters) => (type: ResourceType) => ({
    type,
    ...decodeQuery(type, given, baseUrl, rules, (filter) => lacking(type, types, filter)),
  });
  const unsorted = new Map([...parameters].filter(([name]) => name !== 'sortby'));
  const parts = types.map(decoded(unsorted)).filter(({ query: { filter } }) => !filter || !isNever(filter));
  const isSorted = rules.sort && (parameters.get('sortby')?.trim() ?? '') !== '';
  if (isSorted && parts.length > 1) {
    const text =
      'sortBy: a list of users and groups is not sorted; ask /Users or /Groups, or for one meta.resourceType';
    throw new ScimError('invalidValue', text, { fault: 'sort-invalid' });
  }
  const kept = parts.map(({ type }) => type);
  return {
    ...paging,
    ...decodeCursor('/', parameters, paging.count, rules.cursors),
    parts: isSorted ? kept.map(decoded(parameters)) : parts,
  };
}

/** @param whole  all of the page, of whatever type */
export function encodeMixed(
  pages: readonly MixedPage[],
  whole: Page,
  request: PageRequest,
  encoding: Omit<Encoding, 'selection'>,
): Json {
  const each = pages.map(({ part: { type, selection }, page }) =>
    encodedPage(page, (resource) => encodeResource(type, resource, { ...encoding, selection })),
  );
  function* encoded(): Generator<Json> {
    for (const resources of each) yield* resources;
  }
  const resources = { [Symbol.iterator]: encoded };
  return listOf(resources, whole.resources.length, whole.total, placeOf(whole, request));
}
