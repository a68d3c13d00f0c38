import { distance } from 'fastest-levenshtein';
import { ScimError, shown } from '../../scim/error.ts';
import { type Filter, mapPaths } from '../../scim/filter/ast.ts';
import { formatPath, type Path } from '../../scim/path.ts';
import type { Attribute } from '../../scim/schema/attribute.ts';
import { bindPath, findAttribute, isCoreSchema, type ResourceType } from '../../scim/schema/resource-type.ts';
import { extensionAt } from '../wire-paths.ts';
import { NAMES } from './urns.ts';

/** Of a name of so many letters, and no more than this for a long one. Unit: letters that differ. */
const MOST = 2;

function nearest(name: string, among: readonly Attribute[]): string | undefined {
  const steps = (known: string): number => distance(name.toLowerCase(), known.toLowerCase());
  const [best] = among.map((attribute) => attribute.name).toSorted((a, b) => steps(a) - steps(b));
  return best !== undefined && steps(best) <= Math.min(MOST, name.length >> 1) ? best : undefined;
}

function meantBy(type: ResourceType, { urn, name, sub }: Path): string | undefined {
  const own = urn === undefined || isCoreSchema(urn) ? undefined : extensionAt(NAMES, type, urn);
  const all = own
    ? own.extension.attributes
    : [...type.attributes, ...type.extensions.flatMap((extension) => extension.attributes)];
  const attribute = findAttribute(all, name);
  if (!attribute) return nearest(name, all);
  const part = sub === undefined ? undefined : nearest(sub, attribute.subAttributes);
  return part && `${attribute.name}.${part}`;
}

/**
 * For attributes whose names are nearly right; any other is refused where the filter is bound.
 * @throws invalidFilter naming the one that may be meant
 */
export function refuseMisspelt(type: ResourceType, filter: Filter<Path>): void {
  mapPaths(filter, (path) => {
    const meant = bindPath(type, path) ? undefined : meantBy(type, path);
    if (meant === undefined) return;
    const text = `filter: ${type.name} has no attribute ${shown(formatPath(path))}; did you mean ${meant}?`;
    throw new ScimError('invalidFilter', text, { fault: 'filter-invalid' });
  });
}
