import { applyChanges, type Change, type ChangePath, changePath, type Element } from '../scim/change.ts';
import type { PartialResource } from '../scim/draft.ts';
import { ScimError } from '../scim/error.ts';
import { type Attributes, type Bag, type Complex, isComplex, isUrn, type Value } from '../scim/resource.ts';
import type { Attribute } from '../scim/schema/attribute.ts';
import { type BoundPath, findAttribute, findExtension, type ResourceType } from '../scim/schema/resource-type.ts';
import { writable } from './accept.ts';
import { Elements } from './elements.ts';
import { union } from './merge-list.ts';
import { respelled } from './spelling.ts';

const keyOf = (attribute: string, extension = ''): string => `${extension}\n${attribute}`;

/** Whether a removal takes the attribute and not a part of it: without `value` nothing is left of a plural's values. */
const isWhole = ({ attribute, sub }: BoundPath): boolean => !sub || (attribute.multiValued && sub.name === 'value');

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

/** `value` without some of its sub-attributes; `undefined` when nothing is left. */
function without(value: Value, subs: ReadonlySet<string>): Value | undefined {
  const strip = (element: Complex): Complex =>
    Object.fromEntries(Object.entries(element).filter(([name]) => !subs.has(name)));
  const isLeft = (element: Element): boolean => !isComplex(element) || Object.keys(element).length > 0;
  const stripped = (Array.isArray(value) ? (value as readonly Element[]) : [value as Element])
    .map((element) => (isComplex(element) ? strip(element) : element))
    .filter(isLeft);
  if (stripped.length === 0) return undefined;
  return Array.isArray(value) ? stripped : stripped[0];
}

function removeAll(attributes: Attributes, removals: readonly BoundPath[]): Attributes {
  const whole: Change[] = [];
  // Attribute by attribute, however often a client names the same one.
  const parts = new Map<string, { path: ChangePath; subs: Set<string> }>();
  for (const removal of removals) {
    const { sub, ...path } = changePath(removal);
    if (sub === undefined || isWhole(removal)) {
      whole.push({ op: 'unset', path });
    } else {
      const key = keyOf(path.attribute, path.extension);
      const part = parts.get(key) ?? { path, subs: new Set() };
      parts.set(key, part);
      part.subs.add(sub);
    }
  }
  const left = applyChanges(attributes, whole);
  const changes = [...parts.values()].map(({ path, subs }): Change => {
    const bag = path.extension === undefined ? left : ((left[path.extension] ?? {}) as Attributes);
    const value = Object.hasOwn(bag, path.attribute) ? without(bag[path.attribute] as Value, subs) : undefined;
    return value === undefined ? { op: 'unset', path } : { op: 'set', path, value };
  });
  return applyChanges(left, changes);
}

/**
 * What a resource shall be after a PATCH (SCIM 1.1 API §3.3.2): removals, then deletions of single values, then merges.
 * @param current  as stored, computed attributes included
 * @throws invalidValue when a value to delete is not unique, mutability when the password would be removed
 */
export function patched(type: ResourceType, current: Attributes, patch: PartialResource): Attributes {
  const { removals, deletions, attributes: sent } = patch;
  if (removals.some(({ attribute }) => attribute.mutability === 'writeOnly' && sent[attribute.name] === undefined)) {
    throw new ScimError('mutability', 'meta.attributes: password can be replaced, not removed', {
      fault: 'attribute-read-only',
    });
  }
  const removed = new Set(removals.filter(isWhole).map(({ extension, attribute }) => keyOf(attribute.name, extension)));
  const stored = respelled(writable(type, current), patch, removals.map(changePath));
  const result: Bag = { ...removeAll(stored, removals) };
  const touched = new Map<string, Elements>();
  for (const { path, element } of deletions) {
    const attribute = findAttribute(type.attributes, path.attribute);
    const before = result[path.attribute];
    // Also what `removals` took as a whole: a deletion from that is ignored.
    if (!attribute || !Array.isArray(before)) continue;
    const elements = touched.get(attribute.name) ?? new Elements(attribute, before as readonly Complex[]);
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
