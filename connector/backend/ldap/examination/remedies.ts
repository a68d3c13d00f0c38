import type { ProfileName } from '../settings/defaults.ts';
import { onDatabase } from './openldap-config.ts';

/** Commands for the directory's administrator, as that server understands them. */
export interface Remedies {
  /** Makes equality searches on `attribute` fast. @param context  suffix of the database */
  readonly index: (attribute: string, context: string) => string;
  /** Lets the service account read more entries than everybody. @param context  suffix of the database */
  readonly limits: (account: string, context: string) => string;
  readonly memberOf: string;
  /** Shows whether the service account may write below `base`. */
  readonly proof: (account: string, base: string) => string;
}

/** Makes an entry as the service account and takes it away again. */
const madeAndRemoved = (account: string, base: string): string =>
  [
    `ldapmodify -H SERVER -D '${account}' -W <<'.'`,
    `dn: ou=scim-connector-proof,${base}`,
    'changetype: add',
    'objectClass: organizationalUnit',
    'ou: scim-connector-proof',
    '',
    `dn: ou=scim-connector-proof,${base}`,
    'changetype: delete',
    '.',
  ].join('\n');

const OPENLDAP: Remedies = {
  index: (attribute, context) =>
    [
      ...onDatabase(context, 'add: olcDbIndex', `olcDbIndex: ${attribute} eq`),
      '# "Type or value exists": it is there, and being built',
    ].join('\n'),
  limits: (account, context) =>
    onDatabase(
      context,
      'add: olcLimits',
      `olcLimits: {0}dn.exact="${account}" size.soft=500 size.hard=500 size.pr=1000 size.prtotal=unlimited time=unlimited`,
    ).join('\n'),
  memberOf: 'the memberof overlay does not fill in groups that are older than itself; write their members again',
  proof: (account, base) => `slapacl -D '${account}' -b '${base}' entry/write children/write`,
};

const DS389: Remedies = {
  index: (attribute) =>
    [
      `dsconf INSTANCE backend index add --attr ${attribute} --index-type eq userRoot`,
      `dsconf INSTANCE backend index reindex --attr ${attribute} userRoot`,
    ].join('\n'),
  limits: (account) =>
    [
      "ldapmodify -H ldapi:/// -D 'cn=Directory Manager' -W <<'.'",
      `dn: ${account}`,
      'changetype: modify',
      ...[
        'nsPagedSizeLimit',
        'nsLookThroughLimit',
        'nsPagedLookThroughLimit',
        'nsIDListScanLimit',
        'nsPagedIDListScanLimit',
      ].flatMap((attribute) => [`replace: ${attribute}`, `${attribute}: -1`, '-']),
      '.',
    ].join('\n'),
  memberOf: "dsconf INSTANCE plugin memberof fixup 'SUFFIX'",
  proof: madeAndRemoved,
};

const ACTIVE_DIRECTORY: Remedies = {
  index: (attribute) =>
    [
      '# on a domain controller, as a schema administrator',
      `$dn = (Get-ADObject -SearchBase (Get-ADRootDSE).schemaNamingContext -Filter 'lDAPDisplayName -eq "${attribute}"').DistinguishedName`,
      'Set-ADObject $dn -Replace @{ searchFlags = 1 }',
    ].join('\n'),
  limits: () => '# MaxPageSize in the default query policy, as a rule 1000: set ldap.page_size to it or less',
  memberOf: 'memberOf is complete in Active Directory but for the primary group',
  proof: madeAndRemoved,
};

const GENERIC: Remedies = {
  index: (attribute) => `# add an equality index on ${attribute}`,
  limits: (account) => `# lift size and look-through limits of paged searches for ${account}`,
  memberOf: 'ask the directory’s administrator whether memberOf is maintained',
  proof: madeAndRemoved,
};

export const REMEDIES: Readonly<Record<ProfileName, Remedies>> = {
  openldap: OPENLDAP,
  '389ds': DS389,
  'active-directory': ACTIVE_DIRECTORY,
  generic: GENERIC,
};
