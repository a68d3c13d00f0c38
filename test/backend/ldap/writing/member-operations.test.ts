import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import type { PatchOperation } from '../../../../connector/scim/patch-operation.ts';
import { guardedService } from '../../../../connector/service/assemble-service.ts';
import { defaultPolicy } from '../../../../connector/service/policy.ts';
import type { Service } from '../../../../connector/service/service.ts';
import { list, Operations } from '../../../service/operations.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { groupsLdif, peopleLdif } from '../../../support/directories/people.ts';
import { call, memberIds, verbs } from '../../../support/directories/scim.ts';
import { type Cost, Meter } from '../../../support/directories/watched.ts';

const [SMALL, LARGE, JOINING] = [20, 500, 200];
const WITHOUT = { without: ['groups', 'members'] } as const;
const group = new Operations(types.Group);

for (const name of ['openldap', '389ds', 'samba'] as const)
  describe(`operations on members cost on ${name}`, () => {
    const server = directoryLab(name);
    const meter = new Meter();
    let backend: LdapBackend;
    let service: Service;
    let scim: ReturnType<typeof verbs>;
    let groups: readonly string[];
    let strangers: readonly string[];
    before(async () => {
      const { flavour } = server.lab;
      const total = LARGE + JOINING;
      const named = (size: number, title: string): string =>
        groupsLdif(flavour, 1, size, total).replaceAll('group00000', title);
      await server.lab.apply(peopleLdif(flavour, total) + named(SMALL, 'small') + named(LARGE, 'large'));
      backend = await openBackend(server.lab, {}, types, meter.wrap);
      service = guardedService(backend, defaultPolicy);
      scim = verbs(backend);
      groups = await Promise.all(
        ['small', 'large'].map(async (title) => (await scim.find(`displayName eq "${title}"`, 'Group'))[0]?.id ?? ''),
      );
      const inside = new Set(memberIds(await scim.get(groups[1] ?? '', 'Group')));
      strangers = (await scim.find('userName pr')).map(({ id }) => id).filter((id) => !inside.has(id));
    });
    after(() => backend?.close());

    const patch = (id: string, ...operations: PatchOperation[]): Promise<unknown> =>
      service.patch(call, types.Group, id, list(operations), undefined, WITHOUT);
    const add = (...ids: readonly string[]): PatchOperation =>
      group.add(
        'members',
        ids.map((value) => ({ value })),
      );
    const remove = (id: string): PatchOperation => group.remove('members', `members.value eq "${id}"`);

    /** Of the same work on the small and the large group, the second time. */
    async function costs(work: (id: string) => Promise<unknown>): Promise<readonly [Cost, Cost]> {
      const found: Cost[] = [];
      for (const id of groups) {
        await work(id);
        found.push(await meter.of(() => work(id)));
      }
      return found as unknown as readonly [Cost, Cost];
    }

    it('the same in a small group and a large one', async () => {
      const [one = '', other = ''] = strangers;
      for (const work of [
        async (id: string) => [
          await patch(id, add(one)),
          await patch(id, remove(one), add(other)),
          await patch(id, remove(other)),
        ],
        (id: string) =>
          patch(id, remove(other), add(other), group.replace('displayName', `renamed ${id}`), remove(other)),
      ]) {
        const [small, large] = await costs(work);
        expect([large.searches, large.entries]).to.deep.equal([small.searches, small.entries]);
      }
    });

    it('no more searches for hundreds of operations than for one with all of them', async () => {
      const [id = ''] = groups;
      await patch(id, add(...strangers));
      const together = await meter.of(() =>
        patch(
          id,
          group.removeValues(
            'members',
            strangers.map((value) => ({ value })),
          ),
        ),
      );
      await patch(id, add(...strangers));
      const apart = await meter.of(() => patch(id, ...strangers.map(remove)));
      expect(strangers).to.have.length(JOINING);
      expect([apart.searches, apart.entries]).to.deep.equal([together.searches, together.entries]);
      expect(apart.searches).to.be.below(12);
      expect(memberIds(await scim.get(id, 'Group'))).to.have.length(SMALL);
    });
  });
