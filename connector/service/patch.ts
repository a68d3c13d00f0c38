import { applyChanges, type ChangePath, type Element, sameValue } from '../scim/change.ts';
import type { Patch } from '../scim/draft.ts';
import { ScimError } from '../scim/error.ts';
import { fold } from '../scim/filter/matches.ts';
import { type Attributes, type Complex, isComplex, type Scalar, type Value } from '../scim/resource.ts';
import type { Attribute } from '../scim/schema/attribute.ts';
import { type BoundPath, findAttribute, findExtension, type ResourceType } from '../scim/schema/resource-type.ts';
import { writable } from './accept.ts';

type Bag = Record<string, Value | Attributes>;

const keyOf = ({ extension, attribute }: { extension?: string; attribute: string }): string =>
  `${extension ?? ''}\n${attribute}`;

/** Values are compared as the schema compares them; ids exactly. */
function sameKey(
  attribute: Attribute,
  a: Scalar | readonly Scalar[] | undefined,
  b: Scalar | readonly Scalar[] | undefined,
): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return a === b;
  const exact = attribute.name === 'members' || findAttribute(attribute.subAttributes, 'value')?.caseExact;
  return exact ? a === b : fold(a) === fold(b);
}

const covers = (stored: Complex, sent: Complex): boolean =>
  Object.entries(sent).every(([name, value]) => sameValue(stored[name] as Value, value as Value));

/** The stored elements that `sent` means: by `value` where it is unique, else by all that was sent (API §3.3.2). */
function counterparts(attribute: Attribute, stored: readonly Complex[], sent: Complex): Complex[] {
  if (sent['value'] === undefined) return stored.filter((element) => covers(element, sent));
  const same = stored.filter((element) => sameKey(attribute, element['value'], sent['value']));
  if (same.length < 2) return same;
  const { value: _, ...rest } = sent;
  return same.filter((element) => covers(element, rest));
}

function withoutElement(attribute: Attribute, stored: readonly Complex[], sent: Complex): readonly Complex[] {
  const found = counterparts(attribute, stored, sent);
  if (found.length > 1) {
    throw new ScimError(
      'invalidValue',
      `${attribute.name}: the value to delete is not unique; send its other sub-attributes too`,
    );
  }
  return found.length === 0 ? stored : stored.filter((element) => element !== found[0]);
}

function withElement(attribute: Attribute, stored: readonly Complex[], sent: Complex): readonly Complex[] {
  const merged = mergeElement(attribute, stored, sent);
  if (sent['primary'] !== true) return merged.next;
  return merged.next.map((element) =>
    element !== merged.element && element['primary'] === true ? { ...element, primary: false } : element,
  );
}

function mergeElement(
  attribute: Attribute,
  stored: readonly Complex[],
  sent: Complex,
): { next: readonly Complex[]; element: Complex } {
  const same =
    sent['value'] === undefined
      ? stored.filter((e) => covers(e, sent) && covers(sent, e))
      : stored.filter((e) => sameKey(attribute, e['value'], sent['value']));
  const target =
    same.length > 1 ? same.find((element) => sent['type'] === undefined || element['type'] === sent['type']) : same[0];
  if (!target) return { next: [...stored, sent], element: sent };
  const element = { ...target, ...sent };
  return { next: stored.map((e) => (e === target ? element : e)), element };
}

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
    const replaces =
      current === undefined ||
      replacedNames.has(keyOf({ ...(extension === undefined ? {} : { extension }), attribute: name }));
    if (replaces) bag[name] = value;
    else if (Array.isArray(value) && attribute?.type === 'complex') {
      const start = current as readonly Complex[];
      bag[name] = (value as readonly Complex[]).reduce((list, element) => withElement(attribute, list, element), start);
    } else if (Array.isArray(value) && Array.isArray(current)) bag[name] = union(current, value as readonly Element[]);
    else bag[name] = isComplex(value) && isComplex(current) ? { ...current, ...value } : value;
  }
}

function removeAll(attributes: Attributes, removals: readonly BoundPath[]): Attributes {
  return removals.reduce((result, { extension, attribute, sub }) => {
    const path: ChangePath = { ...(extension === undefined ? {} : { extension }), attribute: attribute.name };
    if (!sub || (attribute.multiValued && sub.name === 'value')) return applyChanges(result, [{ op: 'unset', path }]);
    if (!attribute.multiValued) return applyChanges(result, [{ op: 'unset', path: { ...path, sub: sub.name } }]);
    const elements = (result[attribute.name] ?? []) as readonly Complex[];
    const stripped = elements.map(({ [sub.name]: _, ...rest }) => rest).filter((rest) => Object.keys(rest).length > 0);
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
  const removed = new Set(
    removals
      .filter(({ attribute, sub }) => !sub || (attribute.multiValued && sub.name === 'value'))
      .map(({ extension, attribute }) =>
        keyOf({ ...(extension === undefined ? {} : { extension }), attribute: attribute.name }),
      ),
  );
  const result: Bag = { ...removeAll(writable(type, current), removals) };
  for (const { path, element } of deletions) {
    const attribute = findAttribute(type.attributes, path.attribute);
    const stored = result[path.attribute];
    if (removed.has(keyOf(path)) || !attribute || !Array.isArray(stored)) continue;
    const rest = withoutElement(attribute, stored as readonly Complex[], element);
    if (rest.length) result[path.attribute] = rest;
    else delete result[path.attribute];
  }
  const core = Object.fromEntries(Object.entries(sent).filter(([name]) => !name.startsWith('urn:')));
  mergeInto(result, type.attributes, core, removed);
  for (const [urn, block] of Object.entries(sent).filter(([name]) => name.startsWith('urn:'))) {
    const merged: Bag = { ...(result[urn] as Attributes | undefined) };
    mergeInto(merged, findExtension(type, urn)?.extension.attributes ?? [], block as Attributes, removed, urn);
    result[urn] = merged as Attributes;
  }
  return result;
}
