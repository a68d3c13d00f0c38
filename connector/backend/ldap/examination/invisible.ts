import type { InvisibleReason } from '../../module/census.ts';
import { namingsOf } from '../directory/dn.ts';
import type { Entry } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import type { ObjectClasses } from '../layout/object-classes.ts';
import type { Schema } from '../layout/schema.ts';
import { passes, type ValuesOf } from '../layout/scope.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';

/** Of people and of what logs in, in the schemas that directories come with (RFC 4519, RFC 2307, RFC 2798, RFC 4524). */
const ACCOUNT_CLASSES: ReadonlySet<string> = new Set([
  'account',
  'inetorgperson',
  'organizationalperson',
  'person',
  'posixaccount',
  'residentialperson',
  'sambasamaccount',
  'shadowaccount',
  'user',
]);

/** Have a name of the same attribute in some directories, and are nobody. */
const NOBODY: ReadonlySet<string> = new Set([
  'computer',
  'contact',
  'group',
  'groupofnames',
  'groupofuniquenames',
  'posixgroup',
  'organizationalunit',
]);

/** What only the directory judges: it fills in more than it shows. */
const JUDGED_THERE: ReadonlySet<string> = new Set(['objectcategory']);

export interface Rules {
  readonly branch: Branch;
  readonly schema: Schema;
  readonly classes: ObjectClasses;
}

/** With the classes above them, which not every server lists. */
const classesOf = ({ classes }: Rules, entry: Entry): ReadonlySet<string> =>
  new Set(
    (entry.attributes.get('objectclass') ?? []).flatMap((name) => {
      const key = name.toString().toLowerCase();
      return [key, ...(classes.get(key)?.lineage ?? [])];
    }),
  );

const spellings = ({ schema }: Rules, attribute: string): readonly string[] => {
  const key = keyOf(attribute);
  return schema.get(key)?.names ?? [key];
};

const isAccount = ({ branch }: Rules, own: ReadonlySet<string>, isNamed: boolean): boolean => {
  if ([...own].some((name) => NOBODY.has(name))) return false;
  const asked = branch.objectClasses.map((name) => name.toLowerCase()).filter((name) => name !== 'top');
  return isNamed || [...own].some((name) => ACCOUNT_CLASSES.has(name) || asked.includes(name));
};

/** An entry holds the values of its own name (RFC 4512 §2.3.1): one that is not shown may not be read. */
const isNamedInDn = (rules: Rules, dn: string): boolean => {
  const names = spellings(rules, rules.branch.natural.ldap);
  return namingsOf(dn).some(({ attribute }) => names.includes(attribute.toLowerCase()));
};

/**
 * Why an entry below the base is not shown to Okta; `undefined` where it is, or is no account.
 * @param entry  with `objectClass`, the attribute that `userName` is read from, and those in the filter
 */
export function whyInvisible(rules: Rules, entry: Entry): InvisibleReason | undefined {
  const { branch } = rules;
  const own = classesOf(rules, entry);
  const isNamed = entry.attributes.has(branch.natural.key);
  const isHidden = !isNamed && isNamedInDn(rules, entry.dn);
  if (!isAccount(rules, own, isNamed || isHidden)) return undefined;
  if (own.size === 0 || isHidden) return 'unreadable';
  const values: ValuesOf = (attribute) =>
    JUDGED_THERE.has(attribute.toLowerCase())
      ? undefined
      : spellings(rules, attribute).flatMap((name) => entry.attributes.get(name) ?? []);
  const whole: ValuesOf = (attribute) => (keyOf(attribute) === 'objectclass' ? [...own] : values(attribute));
  if (passes(branch.objects, whole) === false) {
    const classless: ValuesOf = (attribute) => (keyOf(attribute) === 'objectclass' ? undefined : values(attribute));
    return passes(branch.objects, classless) === false ? 'outside filter' : 'object class';
  }
  return isNamed ? undefined : 'no name';
}
