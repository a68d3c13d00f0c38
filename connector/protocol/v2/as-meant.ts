import { isComplex } from '../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import { findAttribute, type ResourceType } from '../../scim/schema/resource-type.ts';
import { pick } from '../body/value.ts';
import { extensionAt } from '../wire-paths.ts';
import { NAMES } from './urns.ts';

/** A manager as clients write one: an id, `{ value }`, either in a list, or nothing. In our names. */
export function managerAsMeant(value: unknown): unknown {
  const one = Array.isArray(value) && value.length <= 1 ? (value[0] ?? null) : value;
  if (typeof one === 'string' || typeof one === 'number') return one === '' ? null : { managerId: String(one) };
  if (!isComplex(one)) return one;
  const id = pick(one, 'value');
  const { value: _, Value: __, ...rest } = one;
  return id === undefined ? rest : { ...rest, managerId: id };
}

function blockAsMeant(name: string, block: unknown): unknown {
  if (name !== ENTERPRISE_SCHEMA || !isComplex(block)) return block;
  return Object.fromEntries(
    Object.entries(block).map(([key, value]) => [key, key.toLowerCase() === 'manager' ? managerAsMeant(value) : value]),
  );
}

/**
 * A body with the liberties that clients take put right: attributes of extensions at the top (`urn:…:User:department`), a
 * singular object in a list of one, a manager as bare id.
 */
export function asMeant(type: ResourceType, body: object): object {
  const result = new Map<string, unknown>();
  const flat: (readonly [urn: string, name: string, value: unknown])[] = [];
  for (const [key, value] of Object.entries(body)) {
    const colon = key.lastIndexOf(':');
    const extension = colon > 0 ? extensionAt(NAMES, type, key) : undefined;
    const attribute = findAttribute(type.attributes, key);
    const isFlat = colon > 0 && !(extension && isComplex(value)) && extensionAt(NAMES, type, key.slice(0, colon));
    if (isFlat) flat.push([key.slice(0, colon), key.slice(colon + 1), value]);
    else if (extension) result.set(key, blockAsMeant(extension.key, value));
    else if (attribute?.type === 'complex' && !attribute.multiValued && Array.isArray(value) && value.length === 1)
      result.set(key, value[0]);
    else result.set(key, value);
  }
  for (const [urn, name, value] of flat) {
    const key = [...result.keys()].find((known) => known.toLowerCase() === urn.toLowerCase()) ?? urn;
    const block = result.get(key);
    const own = extensionAt(NAMES, type, urn)?.key ?? urn;
    result.set(key, { ...(isComplex(block) ? block : {}), ...(blockAsMeant(own, { [name]: value }) as object) });
  }
  return Object.fromEntries(result);
}
