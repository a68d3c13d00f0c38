import { isComplex } from '../../scim/resource.ts';
import { pick } from '../body/value.ts';
import { ENTERPRISE_URN } from './urns.ts';

const NEWER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user';

/** `manager.value` is what SCIM 1.1 calls `manager.managerId`. */
function olderManager(manager: unknown): unknown {
  if (!isComplex(manager)) return manager;
  const { value, ...rest } = manager;
  return value === undefined ? manager : { managerId: value, ...rest };
}

const olderBlock = (block: object): object =>
  Object.fromEntries(
    Object.entries(block).map(([name, value]) => [
      name,
      name.toLowerCase() === 'manager' ? olderManager(value) : value,
    ]),
  );

/**
 * An administrator may type the name that SCIM 2.0 has for the enterprise extension where Okta asks for the namespace of an
 * attribute. What comes under it is what comes under ours, and where both come ours counts.
 */
export function withOlderUrns(body: unknown): unknown {
  if (!isComplex(body)) return body;
  const key = Object.keys(body).find((name) => name.toLowerCase() === NEWER);
  const block = key === undefined ? undefined : body[key];
  if (key === undefined || !isComplex(block)) return body;
  const { [key]: _, ...rest } = body;
  const own = Object.keys(rest).find((name) => name.toLowerCase() === ENTERPRISE_URN) ?? ENTERPRISE_URN;
  const given = pick(rest, own);
  return { ...rest, [own]: { ...olderBlock(block), ...(isComplex(given) ? given : {}) } };
}
