import { describeBackend, type Exception } from '../../conformance/backend.ts';
import { Group, User } from '../../conformance/people.ts';
import { directoryLab } from '../../support/directories/directory-lab.ts';
import type { FlavourName } from '../../support/directories/flavours.ts';
import { openBackend } from '../../support/directories/ldap-backend.ts';

/** Homes for what inetOrgPerson and the AD user have no attribute for. */
const MAP = {
  externalId: 'ou',
  'custom.badge': 'roomNumber',
  'custom.rate': 'physicalDeliveryOfficeName',
  'custom.hired': 'destinationIndicator',
  'custom.remote': 'businessCategory',
  'custom.skills': 'carLicense',
  'custom.code': 'postOfficeBox',
} as const;

/** What a directory cannot do. Each has a test of its own for what it does instead, in this folder. */
const DIRECTORY: readonly Exception[] = [
  {
    title: /urn:okta:other_app|names objects inherit/,
    reason: 'attributes that nobody declared have no place in a schema',
  },
  {
    title: /^gives back what it was given|its name to another with a new id|^leaves costly attributes out/,
    reason: 'entries always have cn and a state, times have whole seconds, types of e-mail addresses are the mapping’s',
  },
  {
    title:
      /emails\.type eq|emails\.primary eq false|addresses\.(country eq "us"|locality eq "porto"|primary)|x509Certificates/,
    reason: 'not in the default mapping',
  },
  { title: /:hired ge "2021-12-31T23:59:59\.500Z"/, reason: 'Generalized Time has whole seconds here' },
  { title: /meta\.version eq "1"/, reason: 'versions are the directory’s own' },
  { title: /on Groups: externalId pr|custom:group:1\.0:(level|color)/, reason: 'not in the default mapping' },
  { title: /^says lastModified = created/, reason: 'the server’s clock has steps of a second; versions do not' },
  { title: /^shows the name of a manager/, reason: 'a manager who was deleted leaves no id behind' },
  {
    title: /^moves lastModified of the group|^tells new members|^takes deleted users and groups/,
    reason: 'membership is the group’s: its members’ entries are not stamped, and never by us',
  },
];

const POLICY: Exception = {
  title: /^lets exactly one of many creations/,
  reason: 'the password policy refuses the suite’s passwords',
};
const OF: Readonly<Record<FlavourName, readonly Exception[]>> = { openldap: [POLICY], '389ds': [], samba: [POLICY] };

/** By default 389 wants user names in ASCII. */
const SEVEN_BITS = `dn: cn=7-bit check,cn=plugins,cn=config
changetype: modify
replace: nsslapd-pluginEnabled
nsslapd-pluginEnabled: off
`;

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`ldap on ${name}`, function suite() {
    // 389 lets requests wait for 100 ms now and then, and the suite makes thousands.
    this.timeout(name === '389ds' ? 240_000 : 60_000);
    const server = directoryLab(name);
    before(async () => {
      if (name !== '389ds') return;
      await server.lab.apply(SEVEN_BITS);
      await server.lab.stop();
      await server.lab.start();
    });
    const roles = name === 'samba' ? 'otherIpPhone' : 'description';
    describeBackend(`ldap on ${name}`, async () => {
      await server.lab.clear();
      return openBackend(server.lab, { users: { map: { ...MAP, roles } } }, { User, Group });
    }, [...DIRECTORY, ...OF[name]]);
  });
}
