import { parseDn } from '../directory/dn.ts';
import { entryAt } from '../directory/entry-at.ts';
import { equals } from '../directory/filter.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import type { PasswordRules } from '../directory/password-refusal.ts';
import { firstText, type Session } from '../directory/session.ts';
import type { Tree } from './tree.ts';

/** DOMAIN_PASSWORD_COMPLEX of `pwdProperties` (MS-SAMR §2.2.3.1). */
const COMPLEX = 1;

/** The domain or suffix that an entry is in: what its DN ends with. */
function suffixOf(dn: string): string {
  const domain = parseDn(dn)
    .flat()
    .filter(({ attribute }) => attribute.toLowerCase() === 'dc');
  return domain.map(({ attribute, value }) => `${attribute}=${value}`).join(',');
}

const numberIn = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** Active Directory's policy stands in the domain's own entry. */
async function domainRules(session: Session, domain: string): Promise<PasswordRules> {
  const entry = await entryAt(session, domain, { attributes: ['minPwdLength', 'pwdProperties', 'pwdHistoryLength'] });
  if (!entry) return {};
  const read = (name: string): number | undefined => numberIn(firstText(entry.attributes, name));
  const [shortest, remembered] = [read('minPwdLength'), read('pwdHistoryLength')];
  return {
    ...(shortest === undefined ? {} : { shortest }),
    ...(remembered === undefined ? {} : { remembered }),
    varied: ((read('pwdProperties') ?? 0) & COMPLEX) !== 0,
  };
}

/** Of several policies it cannot be known which one holds for whom. */
async function onlyPolicy(session: Session, suffix: string): Promise<PasswordRules> {
  const filter = equals('objectClass', 'pwdPolicy');
  const found = await session.search({
    base: suffix,
    scope: 'sub',
    filter,
    attributes: ['pwdMinLength', 'pwdInHistory'],
  });
  const [policy, ...others] = found;
  if (!policy || others.length > 0) return {};
  const read = (name: string): number | undefined => numberIn(firstText(policy.attributes, name));
  const [shortest, remembered] = [read('pwdMinLength'), read('pwdInHistory')];
  return { ...(shortest === undefined ? {} : { shortest }), ...(remembered === undefined ? {} : { remembered }) };
}

/** What the directory asks of a password, where the service account may read it. */
export async function readPasswordRules(session: Session, { users, passwords }: Tree): Promise<PasswordRules> {
  const suffix = suffixOf(users.base);
  try {
    return passwords === 'unicodePwd' ? await domainRules(session, suffix) : await onlyPolicy(session, suffix);
  } catch (error) {
    if (error instanceof LdapFailure) return {};
    throw error;
  }
}
