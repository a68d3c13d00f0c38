import { applyChanges, changePath, type Element, sameValue } from '../scim/change.ts';
import type { Patch } from '../scim/draft.ts';
import { ScimError } from '../scim/error.ts';
import { type Attributes, type Bag, type Complex, isComplex, isUrn, type Value } from '../scim/resource.ts';
import type { Attribute } from '../scim/schema/attribute.ts';
import { type BoundPath, findAttribute, findExtension, type ResourceType } from '../scim/schema/resource-type.ts';
import { writable } from './accept.ts';
import { Elements } from './elements.ts';

const keyOf = (attribute: string, extension = ''): string => `${extension}\n${attribute}`;

/** Whether a removal takes the attribute and not a part of it: without `value` nothing is left of a plural's values. */
const isWhole = ({ attribute, sub }: BoundPath): boolean => !sub || (attribute.multiValued && sub.name === 'value');

/** Adds or merges plain values of a list such as a custom attribute's. */
const union = (stored: readonly Element[], sent: readonly Element[]): readonly Element[] => [
  ...stored,
  ...sent.filter((item) => !stored.some((other) => sameValue(other as Value, item as Value))),
];

function mergeInto(
  bag: Bag,
  declared: readonly Attribute[],
  sent: Attributes,
  replacedNames: ReadonlySet<string>,
  extension?: string,
): void {
  for (const [name, value] of Object.entries(sent)) {
    const attribute = findAttribute(declared, name);
    const current = bag[name];
    if (current === undefined || replacedNames.has(keyOf(name, extension))) bag[name] = value;
    else if (Array.isArray(value) && attribute?.type === 'complex') {
      const elements = new Elements(attribute, current as readonly Complex[]);
      for (const element of value as readonly Complex[]) elements.merge(element);
      bag[name] = elements.list();
    } else if (Array.isArray(value) && Array.isArray(current)) bag[name] = union(current, value as readonly Element[]);
    else bag[name] = isComplex(value) && isComplex(current) ? { ...current, ...value } : value;
  }
}

function removeAll(attributes: Attributes, removals: readonly BoundPath[]): Attributes {
  return removals.reduce((result, removal) => {
    const { sub, ...path } = changePath(removal);
    if (sub === undefined || isWhole(removal)) return applyChanges(result, [{ op: 'unset', path }]);
    if (!removal.attribute.multiValued) return applyChanges(result, [{ op: 'unset', path: { ...path, sub } }]);
    const elements = (result[path.attribute] ?? []) as readonly Complex[];
    const stripped = elements.map(({ [sub]: _, ...rest }) => rest).filter((rest) => Object.keys(rest).length > 0);
    return applyChanges(result, [stripped.length ? { op: 'set', path, value: stripped } : { op: 'unset', path }]);
  }, attributes);
}

/**
 * What a resource shall be after a PATCH (SCIM 1.1 API §3.3.2): removals, then deletions of single values, then merges.
 * @param current  as stored, computed attributes included
 * @throws invalidValue when a value to delete is not unique, mutability when the password would be removed
 */
export function patched(type: ResourceType, current: Attributes, patch: Patch): Attributes {
  const { removals, deletions, attributes: sent } = patch;
  if (removals.some(({ attribute }) => attribute.mutability === 'writeOnly' && sent[attribute.name] === undefined)) {
    throw new ScimError('mutability', 'meta.attributes: password can be replaced, not removed');
  }
  const removed = new Set(removals.filter(isWhole).map(({ extension, attribute }) => keyOf(attribute.name, extension)));
  const result: Bag = { ...removeAll(writable(type, current), removals) };
  const touched = new Map<string, Elements>();
  for (const { path, element } of deletions) {
    const attribute = findAttribute(type.attributes, path.attribute);
    const stored = result[path.attribute];
    // Also what `removals` took as a whole: a deletion from that is ignored.
    if (!attribute || !Array.isArray(stored)) continue;
    const elements = touched.get(attribute.name) ?? new Elements(attribute, stored as readonly Complex[]);
    touched.set(attribute.name, elements);
    elements.remove(element);
  }
  for (const [name, elements] of touched) {
    const left = elements.list();
    if (left.length > 0) result[name] = left;
    else delete result[name];
  }
  const core = Object.fromEntries(Object.entries(sent).filter(([name]) => !isUrn(name)));
  mergeInto(result, type.attributes, core, removed);
  for (const [urn, block] of Object.entries(sent).filter(([name]) => isUrn(name))) {
    const merged: Bag = { ...(result[urn] as Attributes | undefined) };
    mergeInto(merged, findExtension(type, urn)?.extension.attributes ?? [], block as Attributes, removed, urn);
    result[urn] = merged as Attributes;
  }
  return result;
}
