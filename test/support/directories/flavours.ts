/** What differs between the directory servers that tests start. */
export type FlavourName = 'openldap' | '389ds' | 'samba';

export interface Account {
  readonly dn: string;
  readonly password: string;
}

export interface Flavour {
  readonly name: FlavourName;
  /** Script beside this file. */
  readonly script: string;
  /** Debian packages, and programs that show that they are there. */
  readonly packages: readonly string[];
  readonly programs: readonly string[];
  readonly authority: string;
  readonly suffix: string;
  readonly people: string;
  readonly groups: string;
  /** Everything. For preparing and looking, never for what is tested. */
  readonly admin: Account;
  /** People and groups and nothing else: what a customer is told to create. */
  readonly service: Account;
  /** One RDN attribute and the object classes of a person and a group. */
  readonly naming: 'uid' | 'CN';
  readonly personClasses: readonly string[];
  readonly groupClasses: readonly string[];
  /** Samba cannot move its ports; it gets an address of its own instead. */
  readonly fixedPorts: boolean;
}

const EXAMPLE = 'dc=example,dc=com';
const LAB = 'DC=lab,DC=example,DC=com';

export const FLAVOURS: Readonly<Record<FlavourName, Flavour>> = {
  openldap: {
    name: 'openldap',
    script: 'openldap.sh',
    packages: ['slapd', 'slapd-contrib', 'ldap-utils', 'openssl'],
    programs: ['slapd', 'ldapmodify', 'openssl'],
    authority: 'tls/ca.crt',
    suffix: EXAMPLE,
    people: `ou=people,${EXAMPLE}`,
    groups: `ou=groups,${EXAMPLE}`,
    admin: { dn: `cn=admin,${EXAMPLE}`, password: 'admin-for-tests' },
    service: { dn: `cn=scim,ou=services,${EXAMPLE}`, password: 'scim-for-tests' },
    naming: 'uid',
    personClasses: ['inetOrgPerson'],
    groupClasses: ['groupOfNames'],
    fixedPorts: false,
  },
  '389ds': {
    name: '389ds',
    script: '389ds.sh',
    packages: ['389-ds-base', 'ldap-utils', 'openssl'],
    programs: ['ns-slapd', 'dscreate', 'ldapmodify', 'openssl'],
    authority: 'root/etc/dirsrv/slapd-lab/ca.crt',
    suffix: EXAMPLE,
    people: `ou=people,${EXAMPLE}`,
    groups: `ou=groups,${EXAMPLE}`,
    admin: { dn: 'cn=Directory Manager', password: 'admin-for-tests' },
    service: { dn: `uid=scim,ou=services,${EXAMPLE}`, password: 'scim-for-tests' },
    naming: 'uid',
    personClasses: ['inetOrgPerson'],
    groupClasses: ['groupOfNames'],
    fixedPorts: false,
  },
  samba: {
    name: 'samba',
    script: 'samba.sh',
    packages: [
      ...['samba', 'samba-ad-dc', 'samba-ad-provision', 'samba-common-bin', 'samba-dsdb-modules', 'samba-vfs-modules'],
      ...['winbind', 'smbclient', 'ldb-tools', 'python3-samba', 'ldap-utils', 'openssl', 'attr', 'acl'],
    ],
    programs: ['samba', 'samba-tool', 'ldbadd', 'ldapmodify', 'openssl'],
    authority: 'tls/ca.crt',
    suffix: LAB,
    people: `OU=people,${LAB}`,
    groups: `OU=groups,${LAB}`,
    admin: { dn: `CN=Administrator,CN=Users,${LAB}`, password: 'Admin-for-tests1' },
    service: { dn: `CN=scim,CN=Users,${LAB}`, password: 'Scim-for-tests1' },
    naming: 'CN',
    personClasses: ['user'],
    groupClasses: ['group'],
    fixedPorts: true,
  },
};
