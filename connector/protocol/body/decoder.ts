import type { ChangePath } from '../../scim/change.ts';
import type { Draft } from '../../scim/draft.ts';
import { ScimError, shown } from '../../scim/error.ts';
import { parsePath } from '../../scim/path.ts';
import { type Bag, type Complex, isComplex, type Scalar, type Value } from '../../scim/resource.ts';
import type { Attribute } from '../../scim/schema/attribute.ts';
import { undeclared } from '../../scim/schema/custom.ts';
import type { Extension } from '../../scim/schema/extension.ts';
import { findAttribute, type ResourceType } from '../../scim/schema/resource-type.ts';
import type { Steps } from '../protocol.ts';
import type { SchemaNames } from '../schema-names.ts';
import { extensionAt } from '../wire-paths.ts';
import { checkFormat } from './format.ts';
import { invalid } from './invalid.ts';
import {
  decodeComplex,
  decodePlural,
  decodeScalar,
  entriesOf,
  isEmpty,
  type Mode,
  pick,
  unknownName,
} from './value.ts';

const MAX_IGNORED = 50;

/** Not even where anything is kept: what is kept can be read, and a mapping gone wrong may send a password here. */
const NEVER_KEPT: ReadonlySet<string> = new Set(['password', '__proto__']);

/** Collects one body. Core attributes and each extension are read by the same code. */
export class Decoder {
  readonly type: ResourceType;
  readonly mode: Mode;
  readonly #names: SchemaNames;
  readonly attributes: Bag = {};
  readonly cleared: ChangePath[] = [];
  readonly ignored: string[] = [];
  readonly deletions: { path: ChangePath; element: Complex }[] = [];

  constructor(names: SchemaNames, type: ResourceType, mode: Omit<Mode, 'ignore'>) {
    this.#names = names;
    this.type = type;
    this.mode = { ...mode, ignore: (path) => this.#ignore(path) };
  }

  *read(body: object): Generator<void, void> {
    for (const [key, value] of entriesOf(body, '')) {
      const attribute = findAttribute(this.type.attributes, key);
      if (attribute) yield* this.#attribute(this.attributes, attribute, value);
      else if (key.toLowerCase() === 'schemas') checkSchemas(value);
      else if (key.includes(':')) yield* this.#extension(key, value);
      else this.#unknown(key);
    }
  }

  #unknown(name: string): void {
    if (this.mode.strict || this.mode.unknown)
      throw unknownName(this.mode, `${this.type.name} has no attribute ${shown(name)}`);
    this.#ignore(name);
  }

  /** The names end in a log line: a client that invents thousands shall not fill the disk. */
  #ignore(name: string): void {
    if (this.ignored.length < MAX_IGNORED) this.ignored.push(name.slice(0, 80));
  }

  *#extension(urn: string, value: unknown): Generator<void, void> {
    const found = extensionAt(this.#names, this.type, urn);
    if (!found) this.#unknown(urn);
    if (!found || isEmpty(value)) return;
    if (!isComplex(value)) throw invalid(`${shown(urn)} must be an object`);
    const block: Record<string, Value> = {};
    for (const [key, part] of entriesOf(value, urn)) {
      const attribute = this.#extensionAttribute(found.extension, key);
      if (attribute) yield* this.#attribute(block, attribute, part, found.key);
      else this.#unknown(`${urn}:${key}`);
    }
    if (Object.keys(block).length > 0) this.attributes[found.key] = block;
  }

  #extensionAttribute(extension: Extension, name: string): Attribute | undefined {
    const declared = findAttribute(extension.attributes, name);
    if (declared || !extension.open || NEVER_KEPT.has(name.toLowerCase())) return declared;
    // A name that could not be part of a path could never be filtered, projected or removed again.
    return parsePath(name)?.name === name ? undeclared(name) : undefined;
  }

  *#attribute(into: Bag, attribute: Attribute, value: unknown, extension?: string): Generator<void, void> {
    const path: ChangePath = { ...(extension === undefined ? {} : { extension }), attribute: attribute.name };
    const label = extension === undefined ? attribute.name : `${this.#names.wire(extension)}:${attribute.name}`;
    if (attribute.name === 'meta' || attribute.mutability === 'readOnly') {
      if (attribute.name !== 'meta' && attribute.name !== 'id') this.#ignore(label);
    } else if (isEmpty(value)) {
      this.cleared.push(path);
    } else if (attribute.type !== 'complex') {
      const simple = this.#simple(attribute, value, label, extension !== undefined);
      if (isComplex(simple) && Object.keys(simple).length === 0) this.cleared.push(path);
      else into[attribute.name] = simple;
    } else if (attribute.multiValued) {
      yield* this.#plural(into, attribute, value, path);
    } else {
      const decoded = decodeComplex(attribute, value, label, this.mode);
      for (const sub of attribute.subAttributes) {
        if (sub.mutability !== 'readOnly' && emptyPart(value, sub.name)) this.cleared.push({ ...path, sub: sub.name });
      }
      if (Object.keys(decoded).length > 0) into[attribute.name] = decoded;
    }
  }

  #simple(attribute: Attribute, value: unknown, label: string, lenient: boolean): Value {
    const one = (item: unknown): Scalar | Complex => {
      if (attribute.open && isComplex(item)) return openComplex(item, label);
      const scalar = decodeScalar(attribute, item, label, lenient || this.mode.coerce);
      if (this.mode.strict && !lenient) checkFormat(attribute.name, scalar, label, this.mode.asSent);
      return scalar;
    };
    if (!attribute.multiValued && !(attribute.open && Array.isArray(value))) return one(value);
    if (this.mode.patching && Array.isArray(value) && value.some(isMarked)) {
      throw invalid(`${label} changes as a whole: name it in meta.attributes and send the values that remain`);
    }
    const items = Array.isArray(value) ? value : [value];
    return items.filter((item) => !isEmpty(item)).map(one);
  }

  *#plural(into: Bag, attribute: Attribute, value: unknown, path: ChangePath): Generator<void, void> {
    const decoded = yield* decodePlural(attribute, value, attribute.name, this.mode);
    const elements: Complex[] = [];
    for (const { element, remove } of decoded) {
      if (remove) this.deletions.push({ path, element });
      else elements.push(element);
    }
    if (elements.length > 0) into[attribute.name] = elements;
    else if (!decoded.length) this.cleared.push(path);
  }
}

const emptyPart = (value: unknown, sub: string): boolean => isComplex(value) && isEmpty(pick(value, sub));

/** PATCH's `operation: "delete"` on a value of a list whose values have no sub-attributes, or not ones we know. */
const isMarked = (item: unknown): boolean => isComplex(item) && /^delete$/i.test(String(pick(item, 'operation')));

/** A nested object that nobody declared: one level of simple values. */
function openComplex(value: object, label: string): Complex {
  const result: Record<string, Scalar> = {};
  for (const [key, part] of entriesOf(value, label)) {
    if (isEmpty(part) || NEVER_KEPT.has(key.toLowerCase())) continue;
    result[key] = decodeScalar(undeclared(key), part, `${label}.${key}`);
  }
  return result;
}

/** Read leniently: the list may be missing, empty, incomplete or in a list; data is recognised by where it stands. */
function checkSchemas(value: unknown): void {
  const list = [value ?? ''].flat(2);
  if (!list.every((item) => typeof item === 'string')) throw invalid('schemas must be a list of URNs');
}

/** @throws invalidSyntax, invalidValue naming the attribute */
export function* decodeBody(
  names: SchemaNames,
  type: ResourceType,
  body: unknown,
  mode: Omit<Mode, 'ignore'>,
): Steps<Decoder> {
  if (!isComplex(body))
    throw new ScimError('invalidSyntax', 'the body must be a JSON object', { fault: 'body-unreadable' });
  const decoder = new Decoder(names, type, mode);
  yield* decoder.read(body);
  return decoder;
}

/** The body of POST or PUT. @throws invalidSyntax, invalidValue naming the attribute */
export function* readDraft(
  names: SchemaNames,
  type: ResourceType,
  body: unknown,
  mode: Omit<Mode, 'ignore' | 'patching'>,
): Steps<Draft> {
  const { attributes, cleared, ignored } = yield* decodeBody(names, type, body, { ...mode, patching: false });
  return { attributes, cleared, ignored };
}

/** All of `steps` at once. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
