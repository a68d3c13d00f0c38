import type { Glossary } from '../directory/glossary.ts';
import { isPassword } from '../directory/operation.ts';
import { keyOf, type Row } from '../mapping/attribute-mapping.ts';
import { formatMappedPath, valueAttribute } from '../mapping/mapped-path.ts';
import type { Branch } from './branch.ts';
import type { MatchingRules } from './schema.ts';
import type { Tree } from './tree.ts';

const PRINTABLE = "letters and digits of English, blanks and ' ( ) + , - . / : = ? only";

/** Last arc of a syntax's OID (RFC 4517 §3.3): what its values look like, where people get it wrong. */
const FORMS: Readonly<Record<string, string>> = {
  '7': 'TRUE or FALSE',
  '11': 'two letters, such as DE',
  '12': 'the distinguished name of an entry',
  '24': 'a time such as 20301231235959Z',
  '26': 'ASCII characters only',
  '27': 'a whole number',
  '36': 'digits and blanks only',
  '44': PRINTABLE,
  '50': PRINTABLE,
};
const SYNTAXES = '1.3.6.1.4.1.1466.115.121.1.';

/** As clients write it: which of several numbers or addresses is meant is part of it. */
function shownPath({ path, scim }: Row): string {
  if (!scim) return path;
  if (scim.label !== undefined) return path;
  const isPart = scim.sub === undefined && valueAttribute(scim) !== scim.attribute;
  return `${formatMappedPath(scim)}${isPart ? '.value' : ''}`;
}

/** What texts say of the attributes of one type's entries. */
export function glossaryOf({ schema, membership }: Tree, { table, rdn, natural, section }: Branch): Glossary {
  const typeOf = (attribute: string): string => keyOf(attribute).replace(/;.*$/, '');
  const rulesOf = (attribute: string): MatchingRules | undefined => schema.get(typeOf(attribute));
  const isSame = (a: string, b: string): boolean =>
    typeOf(a) === typeOf(b) || (rulesOf(a)?.names?.includes(typeOf(b)) ?? false);
  const rowsOf = (attribute: string): readonly Row[] => table.rows.filter(({ ldap }) => isSame(ldap, attribute));

  /** What clients call it. */
  function pathsOf(attribute: string): readonly string[] {
    const paths = rowsOf(attribute)
      .filter(({ scim }) => scim !== undefined)
      .map(shownPath);
    if (paths.length > 0) return paths;
    if (isSame(attribute, rdn.attribute)) return [...rdn.value.uses];
    if (isPassword(attribute)) return ['password'];
    return isSame(attribute, membership.attribute) ? ['members'] : [];
  }

  return {
    section,
    label(attribute) {
      const spelling = rowsOf(attribute)[0]?.ldap ?? rulesOf(attribute)?.spelling ?? attribute;
      const path = pathsOf(attribute).join(' or ');
      return path === '' || path === spelling ? spelling : `${path} (${spelling})`;
    },
    longest: (attribute) => rulesOf(attribute)?.longest,
    form(attribute) {
      const { syntax = '' } = rulesOf(attribute) ?? {};
      return syntax.startsWith(SYNTAXES) ? FORMS[syntax.slice(SYNTAXES.length)] : undefined;
    },
    maker(attribute) {
      const [row] = rowsOf(attribute);
      if (isSame(attribute, rdn.attribute) && row !== natural) return `${section}.rdn names entries by it`;
      return row && !row.scim ? `the line ${row.path} of ${section}.map makes it` : undefined;
    },
  };
}
