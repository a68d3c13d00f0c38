import { applyChanges, type Change, changePath } from '../scim/change.ts';
import type { Draft } from '../scim/draft.ts';
import { type Attributes, type Bag, type Complex, isComplex } from '../scim/resource.ts';
import type { Attribute } from '../scim/schema/attribute.ts';
import { type BoundPath, findAttribute, type ResourceType } from '../scim/schema/resource-type.ts';
import { writable } from './accept.ts';
import { mergeList } from './merge-list.ts';
import type { Policy } from './policy.ts';
import { respelled } from './spelling.ts';

/**
 * `over` laid over `under`: objects sub-attribute by sub-attribute, both singular complex ones and extensions, and lists
 * kind by kind. A list that means something as a whole (`members`) replaces the other.
 */
function overlay(declared: readonly Attribute[], under: Attributes, over: Attributes): Attributes {
  const result: Bag = { ...under };
  for (const [name, value] of Object.entries(over)) {
    const current = result[name];
    const attribute = findAttribute(declared, name);
    if (isComplex(value) && isComplex(current)) result[name] = overlay([], current, value) as Attributes;
    else if (attribute?.type === 'complex' && Array.isArray(value) && Array.isArray(current)) {
      const whole = attribute.clearedWhenAbsent || attribute.assigned;
      result[name] = whole ? value : mergeList(attribute, current as readonly Complex[], value as readonly Complex[]);
    } else result[name] = value;
  }
  return result;
}

const absentFrom = (attributes: Attributes, { extension, attribute, sub }: BoundPath): boolean => {
  const bag = extension === undefined ? attributes : (attributes[extension] as Attributes | undefined);
  const value = bag?.[attribute.name];
  return value === undefined || (sub !== undefined && isComplex(value) && value[sub.name] === undefined);
};

const unset = (path: BoundPath): Change => ({ op: 'unset', path: changePath(path) });

/** Some attributes have no "no value": a client that leaves `active` out must neither disable nor enable anybody. */
const KEPT: ReadonlySet<string> = new Set(['active', 'password']);

/**
 * What a resource shall be after a PUT, by the application's policy. The only place that knows the two readings.
 * @param current  as stored, computed attributes included
 */
export function replaced(type: ResourceType, current: Attributes, draft: Draft, policy: Policy): Attributes {
  const stored = writable(type, current);
  if (policy.put === 'replace') {
    return { ...(stored['active'] === undefined ? {} : { active: stored['active'] }), ...draft.attributes };
  }
  const absent: BoundPath[] = type.attributes
    .filter((attribute) => attribute.clearedWhenAbsent)
    .map((attribute) => ({ attribute }));
  const changes: Change[] = [
    ...draft.cleared
      .filter(({ extension, attribute }) => extension !== undefined || !KEPT.has(attribute))
      .map((path) => ({ op: 'unset' as const, path })),
    ...[...absent, ...policy.clearWhenAbsent].filter((path) => absentFrom(draft.attributes, path)).map(unset),
  ];
  const merged = overlay(type.attributes, applyChanges(respelled(stored, draft), changes), draft.attributes);
  if (draft.attributes['active'] !== false) return merged;
  // The agent repeats the password when it deactivates (docs/okta-agent.md, Updates); a closed account needs none.
  const { password: _, ...rest } = merged;
  return rest;
}
