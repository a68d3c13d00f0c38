import type { Dialect } from '../../scim/patch-operation.ts';
import { isComplex } from '../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import { findAttribute, type ResourceType } from '../../scim/schema/resource-type.ts';
import { pick } from '../body/value.ts';
import { decodedSegment } from '../segment.ts';
import { extensionAt } from '../wire-paths.ts';
import { NAMES } from './urns.ts';

/** What a URI refers to: relative or absolute, of this version or another, it ends in the id (RFC 7643 §2.3.7). */
function idIn(reference: unknown): string | undefined {
  if (typeof reference !== 'string') return undefined;
  const [, segment] = /(?:^|\/)(?:Users|Groups)\/([^/?#]+)\/?$/i.exec(reference) ?? [];
  return segment === undefined ? undefined : decodedSegment(segment);
}

/** An object that only says where the other resource is. */
function withValue(object: object): object {
  const value = pick(object, 'value');
  const id = value === undefined || value === null ? idIn(pick(object, '$ref')) : undefined;
  return id === undefined ? object : { ...object, value: id };
}

const membersAsMeant = (members: unknown): unknown =>
  Array.isArray(members) ? members.map((one) => (isComplex(one) && !('value' in one) ? withValue(one) : one)) : members;

/** `value` of 2.0 in the word of the house. */
function inOurWords(manager: object): object {
  const { value: _, Value: __, ...rest } = manager as Record<string, unknown>;
  const id = pick(withValue(manager), 'value');
  return id === undefined ? rest : { ...rest, managerId: id };
}

/** A manager as clients write one: an id, `{ value }`, either in a list, or nothing. */
export function managerAsMeant(value: unknown): unknown {
  const one = Array.isArray(value) && value.length <= 1 ? (value[0] ?? null) : value;
  if (typeof one === 'string' || typeof one === 'number') return one === '' ? null : { managerId: String(one) };
  return isComplex(one) ? inOurWords(one) : one;
}

function blockAsMeant(name: string, block: unknown, dialect: Dialect): unknown {
  if (name !== ENTERPRISE_SCHEMA || !isComplex(block)) return block;
  const manager = (value: unknown): unknown => {
    if (dialect !== 'strict') return managerAsMeant(value);
    return isComplex(value) ? inOurWords(value) : value;
  };
  return Object.fromEntries(
    Object.entries(block).map(([key, value]) => [key, key.toLowerCase() === 'manager' ? manager(value) : value]),
  );
}

/**
 * A body in the words of the house, the liberties that clients take put right: attributes of extensions at the top
 * (`urn:…:User:department`), a singular object in a list of one, a manager as bare id. `strict` puts nothing right.
 */
export function asMeant(type: ResourceType, body: object, dialect: Dialect): object {
  const isStrict = dialect === 'strict';
  const result = new Map<string, unknown>();
  const flat: (readonly [urn: string, name: string, value: unknown])[] = [];
  for (const [key, value] of Object.entries(body)) {
    const colon = key.lastIndexOf(':');
    const extension = colon > 0 ? extensionAt(NAMES, type, key) : undefined;
    const attribute = findAttribute(type.attributes, key);
    const isFlat =
      !isStrict && colon > 0 && !(extension && isComplex(value)) && extensionAt(NAMES, type, key.slice(0, colon));
    if (isFlat) flat.push([key.slice(0, colon), key.slice(colon + 1), value]);
    else if (extension) result.set(key, blockAsMeant(extension.key, value, dialect));
    else if (attribute?.name === 'members') result.set(key, membersAsMeant(value));
    else if (!isStrict && attribute?.type === 'complex' && !attribute.multiValued && isListOfOne(value))
      result.set(key, value[0]);
    else result.set(key, value);
  }
  for (const [urn, name, value] of flat) {
    const key = [...result.keys()].find((known) => known.toLowerCase() === urn.toLowerCase()) ?? urn;
    const block = result.get(key);
    const own = extensionAt(NAMES, type, urn)?.key ?? urn;
    const part = blockAsMeant(own, { [name]: value }, dialect) as object;
    result.set(key, { ...(isComplex(block) ? block : {}), ...part });
  }
  return Object.fromEntries(result);
}

const isListOfOne = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length === 1;
