import { shown } from '../../../scim/error.ts';
import { type Naming, namingsOf } from './dn.ts';
import { isPassword, type Operation, writtenValues } from './operation.ts';

/** More are no help. */
const MOST = 3;

const typeOf = (attribute: string): string => attribute.toLowerCase().replace(/;.*$/, '');

/** The RDN that an operation gives to its entry. */
export function givenName(operation: Operation | undefined): readonly Naming[] {
  if (operation?.kind !== 'add' && operation?.kind !== 'rename') return [];
  return namingsOf(operation.kind === 'add' ? operation.dn : operation.rdn);
}

/** What an operation writes to an attribute; never a password. @param index  the one value that is meant */
export function refusedValues(operation: Operation | undefined, attribute: string, index?: number): readonly string[] {
  if (!operation || isPassword(attribute)) return [];
  const lists = writtenValues(operation).filter(([name]) => typeOf(name) === typeOf(attribute));
  const named = givenName(operation).filter((one) => typeOf(one.attribute) === typeOf(attribute));
  const texts = lists.map(([, values]) => values.filter((value) => typeof value === 'string'));
  // Which of several modifications of one attribute a number counts in is not said.
  const [only] = lists.length === 1 ? texts : [];
  const one = index === undefined ? undefined : only?.[index];
  if (one !== undefined) return [one];
  return [...new Set(lists.length === 0 ? named.map(({ value }) => value) : texts.flat())];
}

/** `userName (uid) "bjensen"`; of several values it is not known which one it was. */
export function withValues(label: string, values: readonly string[]): string {
  const [first, ...more] = values;
  if (first === undefined) return label;
  if (more.length === 0) return `${label} ${shown(first)}`;
  const list = values.slice(0, MOST).map(shown).join(', ');
  return `${label}, one of ${list}${values.length > MOST ? ' …' : ''},`;
}
