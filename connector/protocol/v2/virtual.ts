/** Attributes that every resource has and no store keeps: `schemas` and `meta.resourceType`. */
import { ScimError } from '../../scim/error.ts';
import type { Comparison, Filter, Literal } from '../../scim/filter/ast.ts';
import { ALWAYS, foldFilter, NEVER, rebuilt } from '../../scim/filter/ast.ts';
import type { Path } from '../../scim/path.ts';
import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import { isCoreSchema, type ResourceType } from '../../scim/schema/resource-type.ts';
import { compareText } from '../../scim/text.ts';
import { extensionAt } from '../wire-paths.ts';
import { CORE_URNS, NAMES } from './urns.ts';

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

/** Who has data in an extension lists its URN. Other URNs of an open one are as many as clients, so that no part is compared. */
function compareSchemas(type: ResourceType, op: Comparison, value: Literal): Filter<Path> {
  if (op !== 'eq')
    throw new ScimError('invalidFilter', 'filter: schemas is compared by eq or ne, with a whole URN', {
      fault: 'filter-invalid',
    });
  const urn = String(value);
  if (urn.toLowerCase() === CORE_URNS[type.name].toLowerCase()) return ALWAYS;
  const key = extensionAt(NAMES, type, urn)?.key;
  return key === undefined ? NEVER : { kind: 'present', path: { urn: key, name: '' } };
}

/** Entra asks for people by `manager eq "id"`, as it does for groups by `members eq "id"`. */
const withManagersId = (path: Path): Path =>
  path.urn === ENTERPRISE_SCHEMA && path.name.toLowerCase() === 'manager' && path.sub === undefined
    ? { ...path, sub: 'managerId' }
    : path;

/** `filter` with what is known of every resource of the type decided. */
export const withoutConstants = (type: ResourceType, filter: Filter<Path>): Filter<Path> =>
  foldFilter<Path, Filter<Path>>(filter, {
    ...rebuilt<Path>(),
    some: (path, part) => ({ kind: 'some', path, filter: withoutConstants(type, part) }),
    present: (path) => (isResourceType(path) || isSchemas(path) ? ALWAYS : { kind: 'present', path }),
    compare: (path, op, value) => {
      if (isResourceType(path)) return holds(op, type.name, value) ? ALWAYS : NEVER;
      if (isSchemas(path)) return compareSchemas(type, op, value);
      return { kind: 'compare', path: withManagersId(path), op, value };
    },
  });
