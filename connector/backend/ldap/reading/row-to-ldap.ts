import type { Comparison, Literal } from '../../../scim/filter/ast.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import { type Comparing, fold, visiblePart } from '../../../scim/text.ts';
import {
  anyOf,
  atLeast,
  atMost,
  contains,
  endsWith,
  equals,
  present,
  startsWith,
  type Test,
} from '../directory/filter.ts';
import type { Profile } from '../layout/profile.ts';
import type { MatchingRules } from '../layout/schema.ts';
import type { Tree } from '../layout/tree.ts';
import type { Row } from '../mapping/attribute-mapping.ts';
import { nameSpellings } from '../mapping/name-spellings.ts';
import { meantBy, type Reference } from '../references/reference.ts';
import { many, type Superset } from './superset.ts';
import { timeRange } from './time-range.ts';

/** Rules that compare without regard to case, as SCIM does where an attribute is not case-exact. */
const IGNORES_CASE = /^(caseIgnore|telephoneNumber|numericString|integer|distinguishedName|boolean)/i;
const KEEPS_CASE = /^caseExact/i;
const SUBSTRINGS = /^(caseIgnore|telephoneNumber|numericString)/i;

/** Text that preparation (RFC 4518 §2.6) would change at its ends, or that a server may not take. */
const UNSURE = /^\s|\s$|\s\s|[\p{Cc}\p{Cf}]/u;

/** Of telephone numbers servers compare neither blanks nor hyphens (RFC 4518 §2.6.3): of this nothing would be left. */
const IGNORED = /^[\s\p{Pd}\u2212]*$/u;

/** Servers differ from JavaScript in the case of rarer letters: both spellings are asked for. */
const inBothCases = (value: string): readonly string[] =>
  /^[\x20-\x7e]*$/.test(value) ? [value] : [...new Set([value, fold(value)])];

/** What to ask for instead of `value`; nothing where servers would not find all. */
function spellingsOf(isName: boolean, op: Comparison, value: string): readonly string[] {
  if (!isName) return value === '' || UNSURE.test(value) ? [] : inBothCases(value);
  const part = visiblePart(value);
  return part.trim() === '' || (op !== 'eq' && UNSURE.test(part)) ? [] : nameSpellings(value);
}

function text(
  rules: MatchingRules | undefined,
  row: Row,
  { isName, caseExact }: Comparing,
  op: Comparison,
  value: string,
): Superset | undefined {
  const spellings = spellingsOf(isName, op, value).map((spelling) => row.prefix + spelling);
  if (spellings.length === 0) return undefined;
  const { equality = '' } = rules ?? {};
  if (op === 'eq' && (!rules || IGNORES_CASE.test(equality) || (caseExact && KEEPS_CASE.test(equality)))) {
    return { test: anyOf(spellings.map((one) => equals(row.ldap, one))), selective: true };
  }
  if (op !== 'co' && op !== 'sw' && op !== 'ew') return undefined;
  if (rules && !SUBSTRINGS.test(rules.substrings ?? '')) return undefined;
  if (IGNORED.test(value)) return undefined;
  // Somewhere after the prefix is more than LDAP can say.
  if (op === 'co' && row.prefix !== '') return undefined;
  if (op === 'ew') return many(anyOf(spellingsOf(isName, op, value).map((one) => endsWith(row.ldap, one, row.prefix))));
  const make = op === 'co' ? contains : startsWith;
  return many(anyOf(spellings.map((one) => make(row.ldap, one))));
}

/** Where the directory compares numbers as numbers. A larger one than JavaScript can tell from its neighbours is not asked for. */
function number({ equality, ordering }: MatchingRules, { ldap }: Row, op: Comparison, value: number): Test {
  if (!/^integerMatch$/i.test(equality ?? '') || Math.abs(value) > Number.MAX_SAFE_INTEGER) return present(ldap);
  if (op === 'eq') return Number.isInteger(value) && equals(ldap, String(value));
  if (!/^integerOrderingMatch$/i.test(ordering ?? '')) return present(ldap);
  return op === 'gt' || op === 'ge' ? atLeast(ldap, String(Math.ceil(value))) : atMost(ldap, String(Math.floor(value)));
}

function moment(profile: Profile, { ordering }: MatchingRules, { ldap }: Row, op: Comparison, value: number): Test {
  if (!/^generalizedTimeOrderingMatch$/i.test(ordering ?? '')) return present(ldap);
  const range = timeRange(profile, ldap, op, value);
  return range === true ? present(ldap) : range;
}

/** A comparison with the values of one row. @param known  the entries behind the ids in the filter */
export function rowToLdap(
  { schema, profile }: Tree,
  known: ReadonlyMap<string, Reference>,
  row: Row,
  { attribute, sub }: BoundPath,
  op: Comparison,
  value: Literal,
): Superset {
  const any = many(present(row.ldap));
  const own = row.scim?.sub?.name ?? (attribute.multiValued && attribute.type === 'complex' ? 'value' : undefined);
  if ((sub?.name ?? own) !== own) return any;
  if (row.syntax.name === 'dn') {
    if (op !== 'eq') return any;
    return many(anyOf(meantBy(known, sub ?? attribute, value).map(({ dn }) => equals(row.ldap, dn))));
  }
  if (typeof value === 'boolean') {
    return op === 'eq' && row.syntax.name === 'boolean'
      ? many(equals(row.ldap, String(row.syntax.toLdap(value))))
      : any;
  }
  const rules = schema.get(row.key);
  if (typeof value === 'number') {
    if (!rules || row.prefix !== '') return any;
    if (row.syntax.name === 'integer') return many(number(rules, row, op, value));
    return row.syntax.name === 'time' ? many(moment(profile, rules, row, op, value)) : any;
  }
  return row.syntax.name === 'string' ? (text(rules, row, sub ?? attribute, op, value) ?? any) : any;
}
