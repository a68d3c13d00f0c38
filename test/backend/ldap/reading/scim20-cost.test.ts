import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { scim20 } from '../../../../connector/protocol/v2/scim20.ts';
import { SCIM20 } from '../../../../connector/scim/filter/grammar.ts';
import type { Costly } from '../../../../connector/scim/query.ts';
import { resourceTypes, type TypeName } from '../../../../connector/scim/schema/resource-type.ts';
import { compile } from '../../../conformance/company.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend } from '../../../support/directories/ldap-backend.ts';
import { groupsLdif, peopleLdif } from '../../../support/directories/people.ts';
import { call, set, verbs } from '../../../support/directories/scim.ts';
import { type Cost, Meter } from '../../../support/directories/watched.ts';

const PEOPLE = 300;
/** Everybody is in it. */
const BIG = 1;
/** Names and values of one person. Unit: bytes. */
const ENTRY = 700;

const types = scim20.view(resourceTypes());

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`what is read of ${name} for a filter of SCIM 2.0`, () => {
    const server = directoryLab(name);
    const meter = new Meter();
    const domain = name === 'samba' ? '@lab.example.com' : '';
    let backend: LdapBackend;
    let person = '';
    let group = '';
    before(async () => {
      const { flavour } = server.lab;
      await server.lab.apply(peopleLdif(flavour, PEOPLE) + groupsLdif(flavour, BIG, PEOPLE, PEOPLE));
      const map = { externalId: 'physicalDeliveryOfficeName' };
      const changed = { ldap: { reference_ttl: 0 }, users: { map }, groups: { map: { externalId: 'description' } } };
      backend = await openBackend(server.lab, changed, types, meter.wrap);
      const scim = verbs(backend);
      person = (await scim.find(`userName eq "user000123${domain}"`))[0]?.id ?? '';
      group = (await scim.find('displayName sw "group"', 'Group'))[0]?.id ?? '';
      const phones = [
        { value: '+1 201 555 0123', type: 'work' },
        { value: '+1 201 555 0999', type: 'mobile' },
      ];
      await scim.change(person, [set('phoneNumbers', phones), set('externalId', 'E-123')]);
      await scim.change(group, [set('externalId', 'G-1')], 'Group');
    });
    after(() => backend?.close());

    async function asked(type: TypeName, text: string, without: readonly Costly[]): Promise<Cost & { total: number }> {
      let total = 0;
      const filled = text.replaceAll('$person', person).replaceAll('$group', group);
      const filter = compile(types[type], filled, SCIM20);
      const cost = await meter.of(async () => {
        total = (await backend.list(call, types[type], { filter, offset: 0, limit: 200, without })).total;
      });
      return { ...cost, total };
    }

    for (const [type, text, finds, searches, entries] of [
      ['User', 'externalId eq "E-123"', 1, 2, 1],
      // Letter by letter: the directory finds one, who is not meant.
      ['User', 'externalId eq "e-123"', 0, 1, 1],
      ['User', 'emails[value eq "user000123@example.com"]', 1, 2, 1],
      ['User', 'emails[type eq "primary" and value eq "user000123@example.com"]', 1, 2, 1],
      ['User', 'emails[type eq "primary"].value eq "nobody@example.com"', 0, 1, 0],
      ['Group', 'externalId eq "G-1"', 1, 2, 1],
      ['User', 'phoneNumbers[type eq "work" and value eq "+1 201 555 0123"]', 1, 2, 1],
      ['User', 'phoneNumbers[type eq "work"].value eq "+1 201 555 0123"', 1, 2, 1],
      // The number is there, and is the mobile one.
      ['User', 'phoneNumbers[type eq "work" and value eq "+1 201 555 0999"]', 0, 1, 0],
      ['User', 'phoneNumbers[type eq "holiday" and value pr]', 0, 0, 0],
      ['User', `userName eq "user000123${domain}" and not (displayName eq "nobody")`, 1, 2, 1],
      ['User', `not (not (userName eq "user000123${domain}"))`, 1, 2, 1],
      ['User', `userName eq "nobody" and emails ne "x"`, 0, 1, 0],
      // Whether somebody is in a group costs none of its members.
      ['Group', 'id eq "$group" and members eq "$person"', 1, 3, 2],
      ['Group', 'id eq "$group" and members[value eq "$person"]', 1, 3, 2],
      ['Group', 'members[value eq "$person"]', 1, 4, 3],
      ['Group', 'id eq "$group" and members eq "$group"', 0, 3, 1],
    ] as const) {
      it(`${text}: no more than what is found`, async () => {
        const cost = await asked(type, text, ['groups', 'members']);
        expect(cost.total, 'found').to.equal(finds);
        expect(cost.searches, 'searches').to.be.at.most(searches);
        expect(cost.entries, 'entries').to.be.at.most(entries);
        expect(cost.bytes, 'bytes').to.be.at.most(entries * ENTRY);
      });
    }
  });
}
