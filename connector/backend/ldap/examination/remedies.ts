import type { ProfileName } from '../settings/defaults.ts';
import { lookedUp, onDatabase } from './openldap-config.ts';

/** The kinds of comparing that an index may be added for. */
export type IndexKind = 'eq' | 'pres' | 'sub';

/** What there is already of the indexes on an attribute, as far as it is known. */
export interface ExistingIndex {
  /** How the server writes it: an index of more kinds takes its place. */
  readonly line?: string;
  /** Name of the backend that holds the entries. */
  readonly backend?: string;
}

/** Commands for the directory's administrator, as that server understands them. */
export interface Remedies {
  /** Makes searches on `attribute` fast: by equality alone when no kinds are given. @param context  suffix of the database */
  readonly index: (
    attribute: string,
    context: string,
    kinds?: readonly IndexKind[],
    existing?: ExistingIndex,
  ) => string;
  /** Shows to whoever may see it which indexes there are. */
  readonly indexes?: (context: string) => string;
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

/** A line `uid,mail eq` in which one attribute gets more kinds: an attribute may stand in one line only. */
function widened(line: string, attribute: string, more: readonly IndexKind[]): readonly string[] {
  const [names = '', kinds = 'eq'] = line.split(/\s+/);
  const others = names.split(',').filter((name) => name.toLowerCase() !== attribute.toLowerCase());
  const all = new Set([...kinds.split(','), ...more]);
  return [...(others.length > 0 ? [`${others.join()} ${kinds}`] : []), `${attribute} ${[...all].join()}`];
}

const OPENLDAP: Remedies = {
  index: (attribute, context, kinds = ['eq'], { line } = {}) =>
    line === undefined
      ? [
          ...onDatabase(context, 'add: olcDbIndex', `olcDbIndex: ${attribute} ${kinds.join()}`),
          '# "Type or value exists": it is there, and being built',
        ].join('\n')
      : onDatabase(
          context,
          'delete: olcDbIndex',
          `olcDbIndex: ${line}`,
          '-',
          'add: olcDbIndex',
          ...widened(line, attribute, kinds).map((index) => `olcDbIndex: ${index}`),
        ).join('\n'),
  indexes: (context) => lookedUp(context, 'olcDbIndex'),
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
  index: (attribute, _, kinds = ['eq'], { line, backend = 'userRoot' } = {}) =>
    [
      line === undefined
        ? `dsconf INSTANCE backend index add --attr ${attribute} ${kinds.map((kind) => `--index-type ${kind}`).join(' ')} ${backend}`
        : `dsconf INSTANCE backend index set --attr ${attribute} ${kinds.map((kind) => `--add-type ${kind}`).join(' ')} ${backend}`,
      `dsconf INSTANCE backend index reindex --attr ${attribute} ${backend}`,
    ].join('\n'),
  indexes: () => 'dsconf INSTANCE backend index list userRoot',
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
  index: (attribute, _, kinds = ['eq']) =>
    [
      '# on a domain controller, as a schema administrator',
      `$dn = (Get-ADObject -SearchBase (Get-ADRootDSE).schemaNamingContext -Filter 'lDAPDisplayName -eq "${attribute}"').DistinguishedName`,
      // The other flags stay: attributes that the recycle bin keeps, and the like.
      `Set-ADObject $dn -Replace @{ searchFlags = (Get-ADObject $dn -Properties searchFlags).searchFlags -bor ${kinds.includes('sub') ? 33 : 1} }`,
    ].join('\n'),
  limits: () => '# MaxPageSize in the default query policy, as a rule 1000: set ldap.page_size to it or less',
  memberOf: 'memberOf is complete in Active Directory but for the primary group',
  proof: madeAndRemoved,
};

const GENERIC: Remedies = {
  index: (attribute, _, kinds = ['eq']) => `# add an index on ${attribute} for ${kinds.join(', ')}`,
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
