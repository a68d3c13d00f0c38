import {
  AndFilter,
  EqualityFilter,
  ExtensibleFilter,
  type Filter,
  FilterParser,
  GreaterThanEqualsFilter,
  LessThanEqualsFilter,
  NotFilter,
  OrFilter,
  PresenceFilter,
  SubstringFilter,
} from 'ldapts';
import { ScimError } from '../../../scim/error.ts';
import { BIT_AND } from './oid.ts';

/** A filter, or what it always says: servers disagree about `(&)` and `(|)` (RFC 4526). */
export type Test = Filter | boolean;

export const equals = (attribute: string, value: string | Buffer): Filter => new EqualityFilter({ attribute, value });
export const present = (attribute: string): Filter => new PresenceFilter({ attribute });
export const contains = (attribute: string, value: string): Filter => new SubstringFilter({ attribute, any: [value] });
export const startsWith = (attribute: string, value: string): Filter =>
  new SubstringFilter({ attribute, initial: value });
/** @param initial  what the value begins with; empty for whatever it be */
export const endsWith = (attribute: string, value: string, initial = ''): Filter =>
  new SubstringFilter({ attribute, initial, final: value });
export const atLeast = (attribute: string, value: string): Filter => new GreaterThanEqualsFilter({ attribute, value });
export const atMost = (attribute: string, value: string): Filter => new LessThanEqualsFilter({ attribute, value });

export const hasBit = (attribute: string, bit: number): Filter =>
  new ExtensibleFilter({ matchType: attribute, rule: BIT_AND, value: String(bit) });

export function not(test: Test): Test {
  return typeof test === 'boolean' ? !test : new NotFilter({ filter: test });
}

export function allOf(tests: readonly Test[]): Test {
  const filters = tests.filter((test) => test !== true);
  if (filters.includes(false)) return false;
  const [first, ...more] = filters as Filter[];
  if (!first) return true;
  return more.length === 0 ? first : new AndFilter({ filters: [first, ...more] });
}

export function anyOf(tests: readonly Test[]): Test {
  const filters = tests.filter((test) => test !== false);
  if (filters.includes(true)) return true;
  const [first, ...more] = filters as Filter[];
  if (!first) return false;
  return more.length === 0 ? first : new OrFilter({ filters: [first, ...more] });
}

/**
 * An administrator's filter text. Never a client's: ldapts reads escaped bytes above 7F as Latin-1, so they are refused.
 * @param setting  its name in the configuration, for the message
 */
export function parseFilterText(text: string, setting: string): Filter {
  if (/\\[89a-f][0-9a-f]/i.test(text)) {
    throw new ScimError('invalidValue', `${setting}: write characters beyond ASCII as they are, not as \\XX`, {
      fault: 'mapping-invalid',
    });
  }
  try {
    return FilterParser.parseString(text);
  } catch (cause) {
    throw new ScimError('invalidValue', `${setting}: ${text} is not an LDAP filter`, {
      fault: 'mapping-invalid',
      cause,
    });
  }
}
