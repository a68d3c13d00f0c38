import { parseDateTime } from '../../scim/date-time.ts';
import { ScimError, shown } from '../../scim/error.ts';
import { type Complex, isComplex, type Scalar } from '../../scim/resource.ts';
import type { Attribute } from '../../scim/schema/attribute.ts';
import { findAttribute } from '../../scim/schema/resource-type.ts';
import type { Steps } from '../protocol.ts';
import { checkFormat } from './format.ts';
import { invalid } from './invalid.ts';

/** How a body is read. */
export interface Mode {
  /** Refuse what we would otherwise overlook: unknown attributes, values that the schema does not list. */
  readonly strict: boolean;
  /** Numbers and truth values are taken where text belongs, and text where numbers belong, in core attributes too. */
  readonly coerce?: boolean;
  /** Kept to the letter: SCIM 2.0's clients compare what comes back with what they sent. */
  readonly asSent?: boolean;
  /** A partial resource, in which values may be marked for deletion and required ones left out. */
  readonly patching: boolean;
  /** Why a name is refused that the schema has not, where other things are overlooked all the same. */
  readonly unknown?: 'invalidSyntax';
  /** Is told the path of what is overlooked. */
  readonly ignore: (path: string) => void;
}

export const unknownName = ({ unknown }: Pick<Mode, 'unknown'>, text: string): ScimError =>
  new ScimError(unknown ?? 'invalidValue', text, { fault: 'value-of-wrong-kind' });

/** An element of a plural attribute as it came; `remove` stands for PATCH's `operation: "delete"`. */
export interface DecodedElement {
  readonly element: Complex;
  readonly remove: boolean;
}

const kind = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'an object'
        : `a ${typeof value}`;

/** null, "" and [] stand for "no value" (SCIM 1.1 Core §3), and so does a list of them. */
export const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.every(isEmpty));

/** Of what resources are known and found by. Unit: UTF-16 code units. */
const LONGEST_NAME = 1024;
/** Of any other text. */
const LONGEST_TEXT = 65_536;
/** Elements between two moments at which others may have their turn. */
const STRIDE = 64;
/** Of one plural attribute, but for members of a group. */
const MOST_VALUES = 1000;

/** xsd:string (SCIM 1.1 Core §3.1.1) has no NUL and no half of a character; stores and directories choke on both. */
function text({ unique, isName }: Attribute, value: string, path: string): string {
  const longest = unique || isName ? LONGEST_NAME : LONGEST_TEXT;
  if (value.length > longest) throw invalid(`${path} has ${value.length} characters; at most ${longest} are kept`);
  if (value.includes('\0') || !value.isWellFormed())
    throw invalid(`${path} holds a character that is not text: NUL or half of a surrogate pair`);
  return value;
}

/** JSON.parse turns what a double cannot hold into infinity or, beyond 2^53, into another whole number. */
function exact(value: number, path: string): number {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    throw invalid(`${path} is a number that would lose digits; send it as text`);
  return value;
}

const NUMBER = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i;

/** The padding may be missing (RFC 7643 §2.3.6). */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/**
 * @param lenient  as `coerce`; `false` by the letter: not even truth as text, which absent still understands
 * @throws invalidValue naming `path`
 */
export function decodeScalar(attribute: Attribute, value: unknown, path: string, lenient?: boolean): Scalar {
  const wrong = (expected: string): ScimError => invalid(`${path} must be ${expected}, found ${kind(value)}`);
  if (attribute.open) {
    if (typeof value === 'string') return text(attribute, value, path);
    if (typeof value === 'number') return exact(value, path);
    if (typeof value === 'boolean') return value;
    throw wrong('text, a number, true or false');
  }
  switch (attribute.type) {
    case 'boolean': {
      if (typeof value === 'boolean') return value;
      const word = typeof value === 'string' && lenient !== false ? value.toLowerCase() : '';
      if (word !== 'true' && word !== 'false') throw invalid(`${path} must be true or false`);
      return word === 'true';
    }
    case 'integer':
    case 'decimal': {
      const number = lenient && typeof value === 'string' && NUMBER.test(value) ? Number(value) : value;
      if (typeof number !== 'number') throw wrong('a number');
      if (attribute.type === 'integer' && !Number.isSafeInteger(number))
        throw invalid(`${path} must be a whole number`);
      return exact(number, path);
    }
    case 'datetime':
      if (typeof value !== 'string' || parseDateTime(value) === undefined) {
        throw invalid(`${path} must be a date-time such as "2026-01-31T09:00:00Z"`);
      }
      return value;
    case 'binary': {
      const compact = typeof value === 'string' ? value.replace(/\s/g, '') : undefined;
      if (compact === undefined || !BASE64.test(compact)) throw invalid(`${path} must be base64 text`);
      return compact.padEnd(Math.ceil(compact.length / 4) * 4, '=');
    }
    default:
      if (lenient && typeof value === 'number') return String(exact(value, path));
      if (lenient && typeof value === 'boolean') return String(value);
      if (typeof value !== 'string') throw wrong('text');
      return text(attribute, value, path);
  }
}

/**
 * Keys of a client's object, each once in whatever case.
 * @throws invalidValue when two keys differ in case alone
 */
export function entriesOf(value: object, path: string): [string, unknown][] {
  const entries = Object.entries(value);
  const twice = (key: string): ScimError => invalid(`${path === '' ? '' : `${path}: `}${shown(key)} is there twice`);
  // Ten thousand members have one key or two each.
  const [first, second, third] = entries;
  if (!first || !second) return entries;
  if (!third) {
    if (first[0].toLowerCase() === second[0].toLowerCase()) throw twice(second[0]);
    return entries;
  }
  const seen = new Set<string>();
  for (const [key] of entries) {
    const lower = key.toLowerCase();
    if (seen.has(lower)) throw twice(key);
    seen.add(lower);
  }
  return entries;
}

/** What stands under a name, in whatever case the client wrote it. */
export const pick = (object: object, name: string): unknown =>
  Object.entries(object).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

/** Sub-attributes of one complex value. Read-only ones are dropped: clients may send them back. */
export function decodeComplex(attribute: Attribute, value: unknown, path: string, mode: Mode): Complex {
  if (!isComplex(value)) throw invalid(`${path} must be an object, found ${kind(value)}`);
  const result: Record<string, Scalar> = {};
  const sent: Attribute[] = [];
  for (const [key, part] of entriesOf(value, path)) {
    const sub = findAttribute(attribute.subAttributes, key);
    if (!sub) {
      // What a reference leads to follows from its value.
      if (/^(operation|\$ref)$/i.test(key)) continue;
      if (mode.strict || mode.unknown) throw unknownName(mode, `${path} has no sub-attribute ${shown(key)}`);
      mode.ignore(`${path}.${key}`);
      continue;
    }
    if (sub.required) sent.push(sub);
    if (sub.mutability === 'readOnly' || isEmpty(part)) continue;
    const decoded = decodeScalar(sub, part, `${path}.${sub.name}`, mode.coerce);
    if (mode.strict) checkFormat(sub.name, decoded, `${path}.${sub.name}`, mode.asSent);
    result[sub.name] = mode.asSent ? decoded : canonical(attribute, sub, decoded);
  }
  // Sent as null or "" it says that there is no value at all; left out beside others that count it was forgotten.
  const forgotten = attribute.subAttributes.find((sub) => sub.required && !sent.includes(sub));
  if (forgotten && Object.keys(result).length > 0 && !mode.patching)
    throw invalid(`${path}.${forgotten.name} is required`);
  return result;
}

/** SCIM 1.1 Core §6.2: the domain of an address has no case; an IM address has no blanks. */
function canonical(attribute: Attribute, sub: Attribute, value: Scalar): Scalar {
  if (sub.name !== 'value' || typeof value !== 'string') return value;
  if (attribute.name === 'emails') return value.replace(/@[^@]*$/, (domain) => domain.toLowerCase());
  return attribute.name === 'ims' ? value.replace(/\s/g, '') : value;
}

const isRemoval = (value: unknown, path: string, patching: boolean): boolean => {
  const operation = patching && isComplex(value) ? pick(value, 'operation') : undefined;
  if (operation === undefined || operation === null) return false;
  if (typeof operation !== 'string' || operation.toLowerCase() !== 'delete') {
    throw invalid(`${path}.operation must be "delete", the only operation SCIM 1.1 knows`);
  }
  return true;
};

/** The same text for elements that are one. */
function keyOf(element: Complex, remove: boolean, valued: boolean): string {
  const { type, value } = element;
  // No text holds a NUL, so that of ten thousand ids, as it is, is no other key.
  if (valued && !remove && type === undefined && typeof value === 'string') return value;
  return `\0${JSON.stringify([remove, valued ? [type, value] : Object.entries(element).sort()])}`;
}

/**
 * A plural attribute: a list of objects, or of plain values that stand for `{ value }`, or one of either
 * (SCIM 1.1 Core §3.2). The same (type, value) pair counts once.
 */
export function* decodePlural(attribute: Attribute, value: unknown, path: string, mode: Mode): Steps<DecodedElement[]> {
  const valued = findAttribute(attribute.subAttributes, 'value');
  const items = Array.isArray(value) ? value : [value];
  if (attribute.name !== 'members' && items.length > MOST_VALUES)
    throw invalid(`${path} has ${items.length} values; at most ${MOST_VALUES} are kept`);
  const result = new Map<string, DecodedElement>();
  for (const [index, item] of items.entries()) {
    if (index % STRIDE === STRIDE - 1) yield;
    if (isEmpty(item)) continue;
    const element = isComplex(item) || !valued ? item : { value: item };
    const remove = isRemoval(element, path, mode.patching);
    const decoded = decodeComplex(attribute, element, path, mode);
    if (attribute.name === 'members' && decoded['value'] === undefined) {
      throw invalid('members: every member needs a value, the id of a User or Group');
    }
    // {"type":"work","value":""} is how some clients say that there is no work address.
    if (Object.keys(decoded).length === 0 || (valued && decoded['value'] === undefined && !remove)) continue;
    const key = keyOf(decoded, remove, valued !== undefined);
    const known = result.get(key);
    result.set(key, { element: known ? { ...known.element, ...decoded } : decoded, remove });
  }
  const elements = [...result.values()];
  if (elements.filter(({ element, remove }) => !remove && element['primary'] === true).length > 1) {
    throw invalid(`${path}: only one value may be primary`);
  }
  return elements;
}
