import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import type { Change } from '../../../../connector/scim/change.ts';
import { bindFilter } from '../../../../connector/scim/filter/bind.ts';
import { parseFilter } from '../../../../connector/scim/filter/parse.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { groupsLdif, peopleLdif } from '../../../support/directories/people.ts';
import { call, join, leave, set, verbs } from '../../../support/directories/scim.ts';
import { type Cost, Meter } from '../../../support/directories/watched.ts';

/** Active Directory and Samba send more than 1,500 values in ranges. */
const [SMALL, LARGE] = [50, 1_600];
const WITHOUT = { without: ['groups', 'members'] } as const;

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`what one member more or less costs on ${name}`, () => {
    const server = directoryLab(name);
    const meter = new Meter();
    let backend: LdapBackend;
    let groups: readonly string[];
    let people: readonly string[];
    before(async () => {
      const { flavour } = server.lab;
      const ldif = groupsLdif(flavour, 1, LARGE, LARGE + 2).replaceAll('group00000', 'large');
      await server.lab.apply(peopleLdif(flavour, LARGE + 2) + ldif);
      const small = groupsLdif(flavour, 1, SMALL, LARGE + 2).replaceAll('group00000', 'small');
      await server.lab.apply(small);
      backend = await openBackend(server.lab, {}, types, meter.wrap);
      const find = async (displayName: string): Promise<string> => {
        const filter = bindFilter(types.Group, parseFilter(`displayName eq "${displayName}"`), '/');
        const { resources } = await backend.list(call, types.Group, { filter, offset: 0, limit: 2, ...WITHOUT });
        return resources[0]?.id ?? '';
      };
      groups = [await find('small'), await find('large')];
      const scim = verbs(backend);
      const domain = name === 'samba' ? '@lab.example.com' : '';
      const called = async (number: number): Promise<string> => {
        const userName = `user${String(number).padStart(6, '0')}${domain}`;
        return (await scim.find(`userName eq "${userName}"`))[0]?.id ?? '';
      };
      people = [await called(0), await called(LARGE + 1), await called(1)];
    });
    after(() => backend?.close());

    const modify = (id: string, ...changes: Change[]): Promise<unknown> =>
      backend.modify(call, types.Group, id, changes, undefined, WITHOUT);

    /** Of the same work on the small and the large group, the second time: connections are made and places known then. */
    async function costs(work: (group: string, member: string, other: string) => Promise<unknown>): Promise<Cost[]> {
      const [member = '', other = ''] = people;
      const found: Cost[] = [];
      for (const group of groups) {
        await work(group, member, other);
        found.push(await meter.of(() => work(group, member, other)));
      }
      return found;
    }

    const works: readonly (readonly [string, Parameters<typeof costs>[0]])[] = [
      ['comes and goes', async (id, _, other) => [await modify(id, join(other)), await modify(id, leave(other))]],
      ['goes and comes back', async (id, member) => [await modify(id, leave(member)), await modify(id, join(member))]],
      ['is there already', (id, member) => modify(id, join(member))],
      ['is not there', (id, _, other) => modify(id, leave(other))],
      [
        'comes, where the group is renamed',
        async (id, _, other) => {
          await modify(id, join(other), set('displayName', `${id} renamed`));
          await modify(id, leave(other), set('displayName', `${id}`));
        },
      ],
      ['is nobody’s business: the group is read without members', (id) => backend.get(call, types.Group, id, WITHOUT)],
    ];
    for (const [what, work] of works)
      it(`is the same in a group of ${SMALL} and of ${LARGE} when it ${what}`, async () => {
        const [small, large] = await costs(work);
        expect(large?.searches).to.equal(small?.searches);
        expect(large?.entries).to.equal(small?.entries);
        // Ids and times differ by a character or two.
        expect(large?.bytes).to.be.within((small?.bytes ?? 0) - 50, (small?.bytes ?? 0) + 50);
      });

    it('reads no members of the groups that a deleted person was in', async () => {
      const gone = people[2] ?? '';
      const cost = await meter.of(() => backend.delete(call, types.User, gone));
      expect(cost.bytes).to.be.below(2_000);
      for (const [i, size] of [SMALL, LARGE].entries()) {
        const { attributes } = await backend.get(call, types.Group, groups[i] ?? '');
        expect(attributes['members']).to.have.length(size - 1);
      }
    });
  });
}
