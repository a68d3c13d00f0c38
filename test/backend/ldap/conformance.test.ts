import type { Lacks } from '../../conformance/abilities.ts';
import { describeBackend } from '../../conformance/backend.ts';
import { Group, User } from '../../conformance/people.ts';
import { directoryLab } from '../../support/directories/directory-lab.ts';
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
const DIRECTORY: Lacks = {
  verbatim: 'entries always have a cn, and people a state',
  'every attribute': 'the mapping has places for some',
  undeclared: 'the schema has places for what is declared',
  labels: 'those of e-mail addresses are the mapping’s',
  milliseconds: 'clock and Generalized Time have whole seconds here',
  'dangling references': 'they are DNs, and those of entries that are gone are taken away',
  'stamped members': 'membership is the group’s: the entries of its members stay as they are',
};

/**
 * By default 389 wants user names in ASCII, and lets the searches of one connection wait for each other in steps of
 * 100 ms: the suite makes thousands.
 */
const NO_CHECK_NO_WAIT = `dn: cn=7-bit check,cn=plugins,cn=config
changetype: modify
replace: nsslapd-pluginEnabled
nsslapd-pluginEnabled: off

dn: cn=config
changetype: modify
replace: nsslapd-maxthreadsperconn
nsslapd-maxthreadsperconn: 1
`;

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`ldap on ${name}`, () => {
    const server = directoryLab(name);
    before(async () => {
      if (name !== '389ds') return;
      await server.lab.apply(NO_CHECK_NO_WAIT);
      await server.lab.stop();
      await server.lab.start();
    });
    const roles = name === 'samba' ? 'otherIpPhone' : 'description';
    describeBackend(
      `ldap on ${name}`,
      async () => {
        await server.lab.clear();
        return openBackend(server.lab, { users: { map: { ...MAP, roles } } }, { User, Group });
      },
      DIRECTORY,
    );
  });
}
