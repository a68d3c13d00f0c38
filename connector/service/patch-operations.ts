import type { OperationList } from '../scim/draft.ts';
import { ScimError } from '../scim/error.ts';
import { isOfExtension, type PatchOperation } from '../scim/patch-operation.ts';
import {
  type Attributes,
  type Bag,
  type Complex,
  isComplex,
  isUrn,
  type Scalar,
  type Value,
} from '../scim/resource.ts';
import { findExtension, type ResourceType } from '../scim/schema/resource-type.ts';
import { writable } from './accept.ts';
import { type Finding, operatedElements, settled } from './element-operations.ts';
import { PatchEffort } from './patch-effort.ts';
import { ValueList } from './value-list.ts';

/** A value while it is worked on. */
type Working = Value | Attributes | ValueList;

/** One bag of attributes while it is worked on. Names that no schema declares have no case either. */
class Workplace {
  readonly #bag: Record<string, Working>;
  readonly #names = new Map<string, string>();

  constructor(attributes: Attributes) {
    this.#bag = { ...attributes };
    for (const name of Object.keys(attributes)) this.#names.set(name.toLowerCase(), name);
  }

  name(name: string): string {
    return this.#names.get(name.toLowerCase()) ?? name;
  }

  get(name: string): Working | undefined {
    const known = this.#names.get(name.toLowerCase());
    return known === undefined ? undefined : this.#bag[known];
  }

  put(name: string, value: Working | undefined): void {
    const known = this.name(name);
    if (value === undefined) {
      delete this.#bag[known];
      this.#names.delete(known.toLowerCase());
      return;
    }
    // Plain assignment would not do that for every name.
    Object.defineProperty(this.#bag, known, { value, writable: true, enumerable: true, configurable: true });
    this.#names.set(known.toLowerCase(), known);
  }

  /** What it has come to, without lists of nothing. */
  attributes(): Attributes {
    const result: Bag = {};
    for (const [name, value] of Object.entries(this.#bag)) {
      const plain = value instanceof ValueList ? (value.list() as Value) : value;
      if (Array.isArray(plain) && plain.length === 0) continue;
      Object.defineProperty(result, name, { value: plain, writable: true, enumerable: true, configurable: true });
    }
    return result;
  }
}

function withoutPart(value: Working | undefined, part: string): Working | undefined {
  if (value instanceof ValueList || !isComplex(value)) return value;
  const { [part]: _, ...rest } = value as Complex;
  return Object.keys(rest).length > 0 ? (rest as Complex) : undefined;
}

const elementsIn = (value: Working | undefined): readonly Complex[] =>
  (Array.isArray(value) ? value : []) as readonly Complex[];

/** A list of plain values, which may be long and be spoken of a thousand times. */
const listOf = (value: Working | undefined): ValueList =>
  value instanceof ValueList ? value : new ValueList(elementsIn(value));

/** @throws as `operatedElements` */
function* operatedValue(
  before: Working | undefined,
  operation: PatchOperation,
  finding: Finding,
): Generator<void, Working | undefined> {
  const { attribute, sub } = operation.at;
  if (attribute.multiValued && attribute.type === 'complex')
    return yield* operatedElements(elementsIn(before), operation, finding);
  const isList = before instanceof ValueList || Array.isArray(before);
  if (operation.op === 'remove') {
    if (!operation.values) return sub ? withoutPart(before, sub.name) : undefined;
    if (!isList) return before;
    const left = listOf(before);
    left.remove(operation.values);
    return left;
  }
  const { op, value } = operation;
  if (sub) return { ...(isComplex(before) && !isList ? before : {}), [sub.name]: value as Scalar };
  if (op === 'add' && isList && Array.isArray(value)) {
    const all = listOf(before);
    all.add(value);
    return all;
  }
  const isMerged = op === 'add' || finding.dialect !== 'profile';
  return isMerged && isComplex(before) && !isList && isComplex(value) ? { ...before, ...value } : value;
}

const cannotBeRemoved = (name: string, reason: string): ScimError =>
  new ScimError('mutability', `${name} ${reason} and cannot be removed`, {
    fault: reason === 'is required' ? 'value-missing' : 'attribute-read-only',
  });

/** Some attributes have no "no value": to take `active` away must neither disable nor enable anybody. */
const ALWAYS_THERE: Readonly<Record<string, string>> = { active: 'is true or false', password: 'can be replaced' };

function refuseRemoval({ op, at: { extension, attribute } }: PatchOperation): void {
  const reason = extension === undefined ? ALWAYS_THERE[attribute.name] : undefined;
  if (op === 'remove' && reason !== undefined) throw cannotBeRemoved(attribute.name, reason);
}

function requireKept(type: ResourceType, before: Attributes, after: Attributes): void {
  const gone = type.attributes.find(
    ({ required, name }) => required && before[name] !== undefined && after[name] === undefined,
  );
  if (gone) throw cannotBeRemoved(gone.name, 'is required');
  for (const urn of Object.keys(before).filter(isUrn)) {
    const [was, is] = [before[urn], after[urn] ?? {}] as [Attributes, Attributes];
    const lost = findExtension(type, urn)?.extension.attributes.find(
      ({ required, name }) => required && was[name] !== undefined && is[name] === undefined,
    );
    if (lost) throw cannotBeRemoved(`${urn}:${lost.name}`, 'is required');
  }
}

/**
 * What a resource shall be after the operations of a PATCH (RFC 7644 §3.5.2), in order, each on what the one before left. In
 * steps: a thousand operations on a thousand values take a second.
 * @param current  as stored, computed attributes included; with members only where an operation asks for them
 * @param keepsType  as in `Finding`; absent: the store keeps types as they come
 * @throws noTarget, mutability, invalidValue, invalidFilter naming the attribute; tooLarge as `PatchEffort`
 */
export function* operatedSteps(
  type: ResourceType,
  current: Attributes,
  { operations, dialect }: OperationList,
  keepsType: Finding['keepsType'] = () => true,
): Generator<void, Attributes> {
  const finding: Finding = { dialect, keepsType };
  const effort = new PatchEffort();
  const stored = writable(type, current);
  // A filter may name what a member is called.
  const { members } = current;
  const whole = new Workplace(members === undefined ? stored : { ...stored, members });
  const blocks = new Map<string, Workplace>();
  const touched = new Set<PatchOperation['at']['attribute']>();
  const block = (urn: string): Workplace => {
    const key = whole.name(urn);
    const known = blocks.get(key) ?? new Workplace((whole.get(key) ?? {}) as Attributes);
    blocks.set(key, known);
    return known;
  };
  for (const operation of operations) {
    yield;
    refuseRemoval(operation);
    const { extension, attribute } = operation.at;
    if (isOfExtension(operation)) {
      blocks.set(whole.name(attribute.name), new Workplace({}));
      continue;
    }
    const place = extension === undefined ? whole : block(extension);
    const before = place.get(attribute.name);
    effort.spend(elementsIn(before).length, operation.where);
    place.put(attribute.name, yield* operatedValue(before, operation, finding));
    if (extension === undefined && attribute.multiValued && attribute.type === 'complex') touched.add(attribute);
  }
  for (const attribute of touched) {
    whole.put(attribute.name, settled(attribute, elementsIn(whole.get(attribute.name))));
    yield;
  }
  for (const [urn, place] of blocks) {
    const block = place.attributes();
    whole.put(urn, Object.keys(block).length > 0 ? block : undefined);
  }
  const after = whole.attributes();
  requireKept(type, stored, after);
  return after;
}
