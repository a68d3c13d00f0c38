import { firstText, type RootDse } from '../directory/session.ts';

/** Databases of the server itself: configuration, change logs, caches. */
const OWN =
  /^(cn=(config|schema|monitor|changelog|accesslog|configuration)\b|o=(ipaca|netscaperoot)\b|dc=(domain|forest)dnszones\b)/i;

/** Where people and groups may be (namingContexts, RFC 4512 §5.1; defaultNamingContext, MS-ADTS §3.1.1.3.2). */
export function contextsOf(dse: RootDse): readonly string[] {
  const standard = firstText(dse, 'defaultNamingContext');
  if (standard !== undefined && standard !== '') return [standard];
  return (dse.get('namingcontexts') ?? []).map(String).filter((context) => context !== '' && !OWN.test(context));
}

/** "389 Project 389-Directory/2.4.5", as far as it tells. */
export function productOf(dse: RootDse, profile: string): string {
  const words = [firstText(dse, 'vendorName'), firstText(dse, 'vendorVersion')].filter((word) => word !== undefined);
  const names: Readonly<Record<string, string>> = {
    openldap: 'OpenLDAP',
    '389ds': '389 Directory Server',
    'active-directory': 'Active Directory',
    generic: 'an LDAP directory',
  };
  const version = /\b\d+(?:\.\d+)+/.exec(words.join(' '))?.[0];
  return [names[profile] ?? profile, ...(version === undefined ? [] : [version])].join(' ');
}
