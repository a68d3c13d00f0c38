import type { MatchingRules, Schema } from './schema.ts';

type Rules = Pick<MatchingRules, 'equality' | 'substrings' | 'ordering'>;

const text: Rules = { equality: 'caseIgnoreMatch', substrings: 'caseIgnoreSubstringsMatch' };
const exact: Rules = { equality: 'caseExactMatch', substrings: 'caseExactSubstringsMatch' };
const integer: Rules = { equality: 'integerMatch', ordering: 'integerOrderingMatch' };
const time: Rules = { equality: 'generalizedTimeMatch', ordering: 'generalizedTimeOrderingMatch' };
const phone: Rules = { equality: 'telephoneNumberMatch', substrings: 'telephoneNumberSubstringsMatch' };

const RFC4517 = '1.3.6.1.4.1.1466.115.121.1';
const MS_ADTS = '1.2.840.113556.1.4';

/** The rules that go with a syntax: RFC 4517 §4.2, and for AD's own MS-ADTS §3.1.1.2.2.4, where IA5 and printable text keep case. */
const BY_SYNTAX: ReadonlyMap<string, Rules> = new Map([
  [`${RFC4517}.7`, { equality: 'booleanMatch' }],
  [`${RFC4517}.12`, { equality: 'distinguishedNameMatch' }],
  [`${RFC4517}.15`, text],
  [`${RFC4517}.24`, time],
  [`${RFC4517}.26`, exact],
  [`${RFC4517}.27`, integer],
  [`${RFC4517}.36`, { equality: 'numericStringMatch', substrings: 'numericStringSubstringsMatch' }],
  [`${RFC4517}.44`, exact],
  [`${RFC4517}.50`, phone],
  // String(Teletex), String(Case), LargeInteger.
  [`${MS_ADTS}.905`, text],
  [`${MS_ADTS}.1362`, exact],
  [`${MS_ADTS}.906`, integer],
]);

/**
 * The schema with the rules that the server goes by where it names none. Active Directory names none at all, and 389 not
 * for every type that was added to it; to OpenLDAP an attribute without a rule compares with nothing, and it stays so.
 * @param bySyntax  the server goes by the syntax where a type names no rule; one that never names any does so anyway
 */
export function withSilentRules(schema: Schema, bySyntax: boolean): Schema {
  const namesRules = [...schema.values()].some(({ equality }) => equality !== undefined);
  if (namesRules && !bySyntax) return schema;
  return new Map(
    [...schema].map(([name, rules]) => {
      const silent = rules.equality === undefined ? BY_SYNTAX.get(rules.syntax ?? '') : undefined;
      return [name, silent ? { ...silent, ...rules } : rules];
    }),
  );
}
