import { ScimError } from '../scim/error.ts';
import { type Attributes, type Bag, type Complex, isComplex, isUrn, type Value } from '../scim/resource.ts';
import type { Attribute } from '../scim/schema/attribute.ts';
import type { Extension } from '../scim/schema/extension.ts';
import { findExtension, type ResourceType } from '../scim/schema/resource-type.ts';

const missing = (name: string): ScimError =>
  new ScimError('invalidValue', `${name} is required`, { fault: 'value-missing' });

function requireIn(attributes: readonly Attribute[], bag: Attributes, prefix: string): void {
  for (const attribute of attributes) {
    const value = bag[attribute.name];
    if (attribute.required && attribute.name !== 'id') {
      if (value === undefined) throw missing(`${prefix}${attribute.name}`);
      if (typeof value === 'string' && value.trim() === '') throw missing(`${prefix}${attribute.name}`);
    }
    if (!isComplex(value)) continue;
    for (const sub of attribute.subAttributes) {
      if (sub.required && value[sub.name] === undefined) throw missing(`${prefix}${attribute.name}.${sub.name}`);
    }
  }
}

/** Of the block that stands for an extension, whatever its URN; `undefined` when there is none. */
const blockOf = (extension: Extension, type: ResourceType, attributes: Attributes): string | undefined =>
  Object.keys(attributes)
    .filter(isUrn)
    .find((key) => findExtension(type, key)?.extension === extension);

/** @throws invalidValue naming the first required core attribute that has no value */
export function requireCore(type: ResourceType, attributes: Attributes): void {
  requireIn(type.attributes, attributes, '');
}

/**
 * What a resource shall be. Attributes that the operator requires are asked for when it is made and must not be taken
 * away; whoever was there before they were declared can still be changed, and above all be deactivated.
 * @param before  as it is now; absent for a new one
 * @throws invalidValue naming the first required attribute that has no value
 */
export function requireComplete(type: ResourceType, attributes: Attributes, before?: Attributes): void {
  requireCore(type, attributes);
  for (const extension of type.extensions) {
    const urn = blockOf(extension, type, attributes) ?? extension.urn;
    const old = before && blockOf(extension, type, before);
    const had = (name: string): boolean => !before || (old !== undefined && name in (before[old] as Attributes));
    const asked = extension.attributes.filter(({ required, name }) => !required || had(name));
    requireIn(asked, (attributes[urn] ?? {}) as Attributes, `${urn}:`);
  }
}

/** What is left of a list, which may be long and is asked for several times in one change. */
const lists = new WeakMap<object, { readonly attribute: Attribute; readonly kept: Value }>();

function withoutReadOnly(attribute: Attribute, value: Value): Value {
  const gone = new Set(attribute.subAttributes.flatMap((sub) => (sub.mutability === 'readOnly' ? [sub.name] : [])));
  if (gone.size === 0) return value;
  const kept = (element: Value): Value => {
    if (!isComplex(element) || !Object.keys(element).some((name) => gone.has(name))) return element;
    const result: Record<string, Complex[string]> = {};
    for (const name of Object.keys(element)) if (!gone.has(name)) result[name] = element[name] as Complex[string];
    return result as Value;
  };
  if (!Array.isArray(value)) return kept(value);
  const known = lists.get(value);
  if (known?.attribute === attribute) return known.kept;
  const list = value.map(kept) as Value;
  lists.set(value, { attribute, kept: list });
  return list;
}

/** The part of a resource that clients may write: without `groups`, `members[].display` and their like. */
export function writable(type: ResourceType, attributes: Attributes): Attributes {
  const result: Bag = {};
  const copy = (declared: readonly Attribute[], from: Attributes, into: Bag): void => {
    for (const [name, value] of Object.entries(from)) {
      const attribute = declared.find((a) => a.name === name);
      if (attribute?.mutability === 'readOnly') continue;
      into[name] = attribute ? withoutReadOnly(attribute, value as Value) : value;
    }
  };
  copy(type.attributes, attributes, result);
  for (const urn of Object.keys(result).filter(isUrn)) {
    const block: Bag = {};
    copy(findExtension(type, urn)?.extension.attributes ?? [], attributes[urn] as Attributes, block);
    result[urn] = block as Attributes;
  }
  return result;
}
