/** Attributes that every resource has and no store keeps: `schemas` and `meta.resourceType`. */
import type { Comparison, Filter, Literal } from '../../scim/filter/ast.ts';
import { foldFilter } from '../../scim/filter/ast.ts';
import type { Path } from '../../scim/path.ts';
import { isCoreSchema, type ResourceType } from '../../scim/schema/resource-type.ts';
import { compareText } from '../../scim/text.ts';
import { extensionAt } from '../wire-paths.ts';
import { CORE_URNS, NAMES } from './urns.ts';

const ALWAYS: Filter<Path> = { kind: 'and', filters: [] };
const NEVER: Filter<Path> = { kind: 'or', filters: [] };

const isCore = ({ urn }: Path): boolean => urn === undefined || isCoreSchema(urn);

const isResourceType = (path: Path): boolean =>
  isCore(path) && path.name.toLowerCase() === 'meta' && path.sub?.toLowerCase() === 'resourcetype';
const isSchemas = (path: Path): boolean => isCore(path) && path.name.toLowerCase() === 'schemas' && !path.sub;

function holds(op: Comparison, actual: string, value: Literal): boolean {
  const wanted = String(value);
  switch (op) {
    case 'eq':
      return actual === wanted;
    case 'co':
      return actual.includes(wanted);
    case 'sw':
      return actual.startsWith(wanted);
    case 'ew':
      return actual.endsWith(wanted);
    case 'gt':
      return compareText(actual, wanted) > 0;
    case 'ge':
      return compareText(actual, wanted) >= 0;
    case 'lt':
      return compareText(actual, wanted) < 0;
    case 'le':
      return compareText(actual, wanted) <= 0;
  }
}

/** Those with data in an extension list its URN. */
const hasData = (type: ResourceType, key: string): Filter<Path> => ({
  kind: 'or',
  filters: (extensionAt(NAMES, type, key)?.extension.attributes ?? []).map((attribute) => ({
    kind: 'present',
    path: { urn: key, name: attribute.name },
  })),
});

function compareSchemas(type: ResourceType, op: Comparison, value: Literal): Filter<Path> {
  const own = CORE_URNS[type.name].toLowerCase();
  const wanted = String(value).toLowerCase();
  if (holds(op, own, wanted)) return ALWAYS;
  const found = type.extensions.filter(({ urn }) => holds(op, NAMES.wire(urn).toLowerCase(), wanted));
  return { kind: 'or', filters: found.map(({ urn }) => hasData(type, urn)) };
}

/** `filter` with what is known of every resource of the type decided. */
export const withoutConstants = (type: ResourceType, filter: Filter<Path>): Filter<Path> =>
  foldFilter<Path, Filter<Path>>(filter, {
    and: (filters) => ({ kind: 'and', filters }),
    or: (filters) => ({ kind: 'or', filters }),
    not: (part) => ({ kind: 'not', filter: part }),
    some: (path, part) => ({ kind: 'some', path, filter: part }),
    present: (path) => (isResourceType(path) || isSchemas(path) ? ALWAYS : { kind: 'present', path }),
    compare: (path, op, value) => {
      if (isResourceType(path)) return holds(op, type.name, value) ? ALWAYS : NEVER;
      return isSchemas(path) ? compareSchemas(type, op, value) : { kind: 'compare', path, op, value };
    },
  });
