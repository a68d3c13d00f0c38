import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { SCIM20 } from '../../../../connector/scim/filter/grammar.ts';
import { resourceTypes } from '../../../../connector/scim/schema/resource-type.ts';
import { agreement } from '../../../conformance/agreement.ts';
import { compile } from '../../../conformance/company.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend } from '../../../support/directories/ldap-backend.ts';
import { peopleLdif } from '../../../support/directories/people.ts';
import { set, verbs } from '../../../support/directories/scim.ts';

const PEOPLE = 5;
const { User } = resourceTypes();

/**
 * RFC 4511 §4.5.1.7: a comparison that the server has no rule for is Undefined, and so is its contrary. To OpenLDAP fax
 * numbers compare with nothing; times that nobody can have are another.
 */
for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`what ${name} cannot compare`, () => {
    const server = directoryLab(name);
    let backend: LdapBackend;
    before(async () => {
      const { flavour } = server.lab;
      await server.lab.apply(peopleLdif(flavour, PEOPLE));
      backend = await openBackend(server.lab);
      const scim = verbs(backend);
      const [one] = await scim.find('userName sw "user000002"');
      await scim.change(one?.id ?? '', [set('phoneNumbers', [{ value: '+1 201 555 0123', type: 'fax' }])]);
    });
    after(() => backend?.close());
    const agree = agreement(() => backend);

    for (const [text, finds] of [
      ['phoneNumbers[type eq "fax" and value eq "+1 201 555 0123"]', 1],
      ['phoneNumbers[type eq "fax" and value ne "1"]', 1],
      ['not (phoneNumbers[type eq "fax" and value eq "+1 201 555 0123"])', PEOPLE - 1],
      ['not (phoneNumbers[type eq "fax" and value eq "1"])', PEOPLE],
      ['phoneNumbers ne "+1 201 555 0123"', PEOPLE - 1],
      ['not (phoneNumbers ew "0123" or title eq "nobody\'s")', PEOPLE - 1],
      ['not (phoneNumbers ge "9" and userName pr)', PEOPLE],
      ['not (meta.lastModified gt "9999-12-31T23:59:59Z")', PEOPLE],
      ['not (meta.created lt "0001-01-01T00:00:00Z") and userName sw "user000002"', 1],
      ['nickName ne "x"', PEOPLE],
      ['not (groups.value eq "no id")', PEOPLE],
      ['not (id eq "no id")', PEOPLE],
    ] as const) {
      it(`loses nobody and finds nobody else: ${text}`, async () => {
        expect(await agree(User, compile(User, text, SCIM20))).to.equal(finds);
      });
    }
  });
}
