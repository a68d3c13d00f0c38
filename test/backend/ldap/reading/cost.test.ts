import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { bindFilter } from '../../../../connector/scim/filter/bind.ts';
import { parseFilter } from '../../../../connector/scim/filter/parse.ts';
import { oktaUserUrn } from '../../../../connector/scim/schema/custom.ts';
import { ENTERPRISE_SCHEMA } from '../../../../connector/scim/schema/names.ts';
import { resourceTypes, type TypeName } from '../../../../connector/scim/schema/resource-type.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend } from '../../../support/directories/ldap-backend.ts';
import { groupsLdif, peopleLdif } from '../../../support/directories/people.ts';
import { call, set, verbs } from '../../../support/directories/scim.ts';
import { type Cost, Meter } from '../../../support/directories/watched.ts';

const PEOPLE = 300;
const GROUPS = 30;
/** Of each group. Everybody is in one. */
const MEMBERS = 10;
/** Names and values of one person or group. Unit: bytes. */
const ENTRY = 700;

const CUSTOM = oktaUserUrn('app');
const types = resourceTypes({
  app: 'app',
  users: [
    { name: 'badge', type: 'integer' },
    { name: 'office', type: 'string' },
  ],
  groups: [],
});

/** A filter, what it finds, and the most that may be read for that. */
interface Expected {
  readonly filter: string;
  readonly type?: TypeName;
  readonly finds: number;
  readonly searches: number;
  readonly entries: number;
}

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`what is read of ${name} for a filter`, () => {
    const server = directoryLab(name);
    const meter = new Meter();
    const domain = name === 'samba' ? '@lab.example.com' : '';
    let backend: LdapBackend;
    let scim: ReturnType<typeof verbs>;
    before(async () => {
      const { flavour } = server.lab;
      await server.lab.apply(peopleLdif(flavour, PEOPLE) + groupsLdif(flavour, GROUPS, MEMBERS, PEOPLE));
      const numbered = Array.from({ length: PEOPLE }, (_, i) =>
        [
          `dn: ${flavour.naming}=user${String(i).padStart(6, '0')},${flavour.people}`,
          'changetype: modify',
          ...(name === 'samba'
            ? []
            : ['add: objectClass', 'objectClass: posixAccount', '-', 'add: gidNumber', 'gidNumber: 1', '-']),
          ...(name === 'samba' ? [] : ['add: homeDirectory', 'homeDirectory: /home', '-']),
          `add: uidNumber\nuidNumber: ${1000 + i}\n-`,
          `add: physicalDeliveryOfficeName\nphysicalDeliveryOfficeName: Room ${i % 100}\n`,
        ].join('\n'),
      );
      await server.lab.apply(numbered.join('\n'));
      const map = {
        [`${CUSTOM}:badge`]: { ldap: 'uidNumber', syntax: 'integer' as const },
        [`${CUSTOM}:office`]: 'physicalDeliveryOfficeName',
      };
      // Nothing is remembered, so that each costs what it costs the first time.
      backend = await openBackend(server.lab, { ldap: { reference_ttl: 0 }, users: { map } }, types, meter.wrap);
      scim = verbs(backend);
    });
    after(() => backend?.close());

    async function asked(filter: string, type: TypeName): Promise<Cost & { readonly total: number }> {
      let total = 0;
      const cost = await meter.of(async () => {
        const bound = bindFilter(types[type], parseFilter(filter), '/');
        total = (await backend.list(call, types[type], { filter: bound, offset: 0, limit: 200 })).total;
      });
      return { ...cost, total };
    }

    async function holds({ filter, type = 'User', finds, searches, entries }: Expected): Promise<void> {
      const cost = await asked(filter, type);
      expect(cost.total, `found by ${filter}`).to.equal(finds);
      expect(cost.searches, `searches for ${filter}`).to.be.at.most(searches);
      expect(cost.entries, `entries for ${filter}`).to.be.at.most(entries);
      expect(cost.bytes, `bytes for ${filter}`).to.be.at.most(entries * ENTRY);
    }

    const person = `user000123${domain}`;
    const [a, b] = ['user000123@example.com', 'user000007@example.com'];
    const lookups: readonly Expected[] = [
      // The person, the group, and the groups of that group.
      { filter: `userName eq "${person}"`, finds: 1, searches: 3, entries: 2 },
      { filter: `userName eq "${person.toUpperCase()}"`, finds: 1, searches: 3, entries: 2 },
      { filter: `userName eq "nobody${domain}"`, finds: 0, searches: 1, entries: 0 },
      { filter: 'externalId eq "00u1"', finds: 0, searches: 0, entries: 0 },
      { filter: `emails.value eq "${a}"`, finds: 1, searches: 3, entries: 2 },
      { filter: `emails eq "${a}" or emails eq "${b}"`, finds: 2, searches: 5, entries: 4 },
      { filter: `${CUSTOM}:office eq "Room 77"`, finds: 3, searches: 7, entries: 6 },
      { filter: `${CUSTOM}:badge eq 1077`, finds: 1, searches: 4, entries: 3 },
      { filter: `${CUSTOM}:badge eq 77`, finds: 0, searches: 1, entries: 0 },
      { filter: 'name.familyName eq "Family 7"', finds: 4, searches: 9, entries: 8 },
      { filter: 'title eq "Engineer 7"', finds: 6, searches: 13, entries: 12 },
      { filter: `userName sw "user00012"`, finds: 10, searches: 22, entries: 30 },
      { filter: `userName co "r00012"`, finds: 10, searches: 22, entries: 30 },
      { filter: 'displayName co "nobody"', finds: 0, searches: 1, entries: 0 },
      { filter: 'emails co "nobody"', finds: 0, searches: 1, entries: 0 },
      // One arm is enough.
      { filter: `userName eq "${person}" and title pr`, finds: 1, searches: 3, entries: 2 },
      { filter: `title gt "A" and userName eq "${person}"`, finds: 1, searches: 3, entries: 2 },
      { filter: `active eq true and userName eq "nobody"`, finds: 0, searches: 1, entries: 0 },
      { filter: `userName eq "nobody" or displayName eq "nobody"`, finds: 0, searches: 1, entries: 0 },
      { filter: `userName eq "nobody" or displayName sw "nobody"`, finds: 0, searches: 1, entries: 0 },
      { filter: 'displayName eq "group00007"', type: 'Group', finds: 1, searches: 3, entries: 11 },
      { filter: 'displayName eq "nobody"', type: 'Group', finds: 0, searches: 1, entries: 0 },
      { filter: 'displayName sw "group0000"', type: 'Group', finds: 10, searches: 5, entries: 120 },
    ];
    for (const one of lookups) it(`${one.filter}: no more than what is found`, () => holds(one));

    it('by id, of themselves, of a member, of a manager: no more than what is found', async () => {
      const [one] = await scim.find(`userName eq "${person}"`);
      const [boss] = await scim.find(`userName eq "user000007${domain}"`);
      const [member, manager] = [one?.id ?? '', boss?.id ?? ''];
      const path = { extension: ENTERPRISE_SCHEMA, attribute: 'manager' };
      await scim.change(member, [{ op: 'set', path, value: { managerId: manager } }]);
      await holds({ filter: `id eq "${member}"`, finds: 1, searches: 4, entries: 3 });
      await holds({ filter: `members eq "${member}"`, type: 'Group', finds: 1, searches: 6, entries: 2 * MEMBERS + 4 });
      await holds({
        filter: `${ENTERPRISE_SCHEMA}:manager.managerId eq "${manager}"`,
        finds: 1,
        searches: 8,
        entries: 6,
      });
      const nobody = '00000000-0000-4000-8000-000000000000';
      await holds({ filter: `id eq "${nobody}"`, finds: 0, searches: 1, entries: 0 });
      await holds({ filter: `members eq "${nobody}"`, type: 'Group', finds: 0, searches: 2, entries: 0 });
    });

    it('since the last import: no more than what changed', async () => {
      const found = await scim.find('title eq "Engineer 9"');
      // Times are told in whole seconds.
      await pause(1100);
      const changed = await Promise.all(found.map(({ id }) => scim.change(id, [set('title', 'Moved')])));
      const since = changed.map(({ meta }) => meta.lastModified).sort()[0];
      const filter = `meta.lastModified gt "${since}"`;
      await holds({ filter, finds: found.length, searches: 2 + 2 * found.length, entries: 3 * found.length });
      await holds({ filter: 'meta.lastModified gt "2099-01-01T00:00:00Z"', finds: 0, searches: 1, entries: 0 });
    });
  });
}
