import { ScimError } from '../../scim/error.ts';
import { type Filter, mapPaths } from '../../scim/filter/ast.ts';
import { bindFilter } from '../../scim/filter/bind.ts';
import { SCIM20 } from '../../scim/filter/grammar.ts';
import { parseFilter } from '../../scim/filter/parse.ts';
import { isAlways, simplified } from '../../scim/filter/simplify.ts';
import type { Path } from '../../scim/path.ts';
import { findAttribute, type ResourceType } from '../../scim/schema/resource-type.ts';
import { integer, parseSort } from '../list-parameters.ts';
import type { ListRules } from '../offer.ts';
import { withOverlap } from '../overlap.ts';
import type { Parameters } from '../parameters.ts';
import type { ListRequest } from '../protocol.ts';
import { parseSelection, type Selection, unread } from '../selection.ts';
import { ourPath } from '../wire-paths.ts';
import { decodeCursor } from './cursor.ts';
import { refuseMisspelt } from './misspelt.ts';
import { NAMES } from './urns.ts';
import { withoutConstants } from './virtual.ts';

/** RFC 7644 §3.4.2.4: below 1 means 1, a negative count means 0. */
export function parsePaging(parameters: Parameters): { startIndex: number; count?: number } {
  const startIndex = Math.max(1, integer(parameters, 'startindex', 'startIndex') ?? 1);
  const count = integer(parameters, 'count', 'count');
  return { startIndex, ...(count === undefined ? {} : { count: Math.max(0, count) }) };
}

/** In our names; an attribute of one extension alone needs no URN. */
export function meant(type: ResourceType, given: Path): Path {
  const path = ourPath(NAMES, given);
  if (path.urn !== undefined || findAttribute(type.attributes, path.name)) return path;
  // As on 1.1: Okta may have it for "Unique user field name", though SCIM has no such attribute.
  if (type.isAccount && path.name.toLowerCase() === 'email' && path.sub === undefined)
    return { name: 'emails', sub: 'value' };
  const [found, ...others] = type.extensions.filter(({ attributes }) => findAttribute(attributes, path.name));
  return found && others.length === 0 ? ourPath(NAMES, { ...path, urn: found.urn }) : path;
}

/** Of the names of a projection together; a URL holds no more. Unit: characters. */
const LONGEST_PROJECTION = 16_384;

const given = (parameters: Parameters, name: string): string | undefined => {
  const text = parameters.get(name.toLowerCase());
  if ((text ?? '').length > LONGEST_PROJECTION)
    throw new ScimError(
      'invalidValue',
      `${name}: longer than ${LONGEST_PROJECTION} characters; name fewer attributes`,
      {
        fault: 'value-of-wrong-kind',
      },
    );
  // Some clients send every parameter they know, empty where they mean nothing by it.
  return text === undefined || text.trim() === '' ? undefined : text;
};

/** @throws invalidValue  both are given, which exclude each other (RFC 7644 §3.9); or too long */
export function decodeSelection(type: ResourceType, parameters: Parameters): Selection | undefined {
  const only = given(parameters, 'attributes');
  const without = given(parameters, 'excludedAttributes');
  if (only !== undefined && without !== undefined)
    throw new ScimError('invalidValue', 'attributes and excludedAttributes exclude each other; send one of them', {
      fault: 'value-of-wrong-kind',
    });
  if (only !== undefined) return parseSelection(NAMES, type, only);
  return without === undefined ? undefined : parseSelection(NAMES, type, without, 'without');
}

/** @throws invalidFilter, notImplemented where filters are off */
function decodeFilter(
  type: ResourceType,
  parameters: Parameters,
  baseUrl: string,
  rules: ListRules,
  known: (filter: Filter<Path>) => Filter<Path>,
): ListRequest['query']['filter'] {
  const text = parameters.get('filter');
  if (text === undefined) return undefined;
  if (!rules.filter) throw new ScimError('notImplemented', 'filter is switched off', { fault: 'feature-off' });
  if (text.trim() === '')
    throw new ScimError('invalidFilter', 'filter: is empty; leave the parameter out or name an attribute', {
      fault: 'filter-invalid',
    });
  const ours = withoutConstants(
    type,
    mapPaths(known(parseFilter(text, SCIM20)), (path) => meant(type, path)),
  );
  refuseMisspelt(type, ours);
  const filter = simplified(bindFilter(type, ours, `${baseUrl}${type.endpoint}/`));
  return isAlways(filter) ? undefined : withOverlap(filter, rules.incrementalOverlap);
}

/**
 * What a list is to hold, wherever it begins.
 * @param known  decides parts of the filter that the schema of the type alone does not
 * @throws as `decodeList`
 */
export function decodeQuery(
  type: ResourceType,
  parameters: Parameters,
  baseUrl: string,
  rules: ListRules,
  known: (filter: Filter<Path>) => Filter<Path> = (filter) => filter,
): Pick<ListRequest, 'query' | 'selection'> {
  const filter = decodeFilter(type, parameters, baseUrl, rules, known);
  // Where it is off it is one of the parameters that we do not know (RFC 7644 §3.4.2).
  const sort = rules.sort ? parseSort(type, parameters, (path) => meant(type, path)) : undefined;
  const selection = decodeSelection(type, parameters);
  return {
    query: { ...(filter ? { filter } : {}), ...(sort ? { sort } : {}), without: unread(selection) },
    ...(selection ? { selection } : {}),
  };
}

/**
 * @param baseUrl  what `meta.location` begins with
 * @throws invalidFilter, invalidPaging, invalidValue, invalidCursor, expiredCursor, invalidCount naming the parameter;
 *   notImplemented for filters that are off
 */
export function decodeList(type: ResourceType, parameters: Parameters, baseUrl: string, rules: ListRules): ListRequest {
  const { query, selection } = decodeQuery(type, parameters, baseUrl, rules);
  const paging = parsePaging(parameters);
  const { cursor, ...walk } = decodeCursor(type.endpoint, parameters, paging.count, rules.cursors) ?? {};
  return {
    ...paging,
    ...walk,
    query: cursor ? { ...query, cursor } : query,
    ...(selection ? { selection } : {}),
  };
}
