/** By what a body is known to be of one version of SCIM and of no other. */
import { isComplex } from '../../scim/resource.ts';
import { pick } from './value.ts';

/** Whether a body lists a URN that `pattern` knows. A list within the list counts as what it holds. */
export const lists = (body: object, pattern: RegExp): boolean =>
  [pick(body, 'schemas')].flat(2).some((urn) => typeof urn === 'string' && pattern.test(urn.trim()));

/** Whether a body is a list of steps, as PATCH has it since SCIM 2.0. Those of a bulk request have a method instead. */
export function hasSteps(body: object): boolean {
  const operations = pick(body, 'Operations');
  const [first] = Array.isArray(operations) ? (operations as readonly unknown[]) : [];
  return isComplex(first) && pick(first, 'op') !== undefined;
}
