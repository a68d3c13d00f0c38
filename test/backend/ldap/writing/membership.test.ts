import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { type Interception, intercepted } from '../../../support/directories/intercepted.ts';
import { type More, openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { groupsLdif, peopleLdif } from '../../../support/directories/people.ts';
import { call, join, leave, memberIds, set, verbs } from '../../../support/directories/scim.ts';

const PLACEHOLDER = 'cn=empty-membership-placeholder';

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`ldap membership on ${name}`, () => {
    const server = directoryLab(name);
    let backend: LdapBackend;
    let scim: ReturnType<typeof verbs>;
    let pool: readonly string[];
    const reopen = async (more: More = {}): Promise<void> => {
      await backend?.close();
      backend = await openBackend(server.lab, more);
      scim = verbs(backend);
    };
    before(async () => {
      await server.lab.apply(peopleLdif(server.lab.flavour, 520));
      await reopen();
      pool = (await scim.find('userName pr')).map(({ id }) => id);
    });
    after(() => backend?.close());

    for (const size of [1, 2, 3, 500]) {
      it(`ends with exactly the members asked for, ${size} at a time`, async () => {
        const some = fc.shuffledSubarray([...pool], { minLength: size, maxLength: size });
        let run = 0;
        await fc.assert(
          fc.asyncProperty(some, some, async (first, second) => {
            run += 1;
            const { id } = await scim.group(`exact ${size} ${run}`, ...first);
            const wanted = new Set(first);
            const agree = async (): Promise<void> => {
              expect(memberIds(await scim.get(id, 'Group'))).to.deep.equal([...wanted].sort());
            };
            await agree();
            const added = await scim.change(id, [join(...second)], 'Group');
            for (const one of second) wanted.add(one);
            expect(memberIds(added)).to.deep.equal([...wanted].sort());
            const removed = await scim.change(id, [leave(...first)], 'Group');
            for (const one of first) wanted.delete(one);
            expect(memberIds(removed)).to.deep.equal([...wanted].sort());
            await scim.change(
              id,
              [
                set(
                  'members',
                  first.map((value) => ({ value })),
                ),
              ],
              'Group',
            );
            wanted.clear();
            for (const one of first) wanted.add(one);
            await agree();
            await scim.change(id, [leave(...first)], 'Group');
            wanted.clear();
            await agree();
            await scim.remove(id, 'Group');
          }),
          { numRuns: size > 100 ? 2 : 8 },
        );
      });
    }

    it('changes no version of those who join and leave', async () => {
      const { id, meta } = await scim.user({ userName: name === 'samba' ? 'bystander@lab.example.com' : 'bystander' });
      const group = await scim.group('passing', id);
      // Timestamps have seconds in some directories.
      await setTimeout(1100);
      await scim.remove(group.id, 'Group');
      expect((await scim.get(id)).meta.version).to.equal(meta.version);
      await scim.remove(id);
    });

    it('loses no member when two connectors add and remove at the same time', async () => {
      const other = await openBackend(server.lab);
      const { id } = await scim.group('rivals', ...pool.slice(0, 20));
      const theirs = verbs(other);
      await Promise.all([
        ...pool.slice(20, 30).map((one) => scim.change(id, [join(one)], 'Group')),
        ...pool.slice(30, 40).map((one) => theirs.change(id, [join(one)], 'Group')),
        ...pool.slice(0, 10).map((one) => theirs.change(id, [leave(one)], 'Group')),
        // The same wish from both sides is one wish.
        ...pool.slice(10, 15).map((one) => scim.change(id, [leave(one)], 'Group')),
        ...pool.slice(10, 15).map((one) => theirs.change(id, [leave(one)], 'Group')),
      ]);
      await other.close();
      expect(memberIds(await scim.get(id, 'Group'))).to.deep.equal(pool.slice(15, 40).toSorted());
    });

    it('agrees with somebody who adds and removes the same members a moment earlier', async () => {
      let rival: (() => Promise<unknown>) | undefined;
      const meet: Interception = async (_, write) => {
        const first = rival;
        rival = undefined;
        await first?.();
        return write();
      };
      const other = await openBackend(server.lab, {}, types, (directory) => intercepted(directory, meet));
      const [a = '', b = '', c = '', d = ''] = pool;
      const { id } = await scim.group('overtaken', a, b);
      for (const read of [undefined, { without: ['members'] }] as const) {
        await scim.change(id, [set('members', [{ value: a }, { value: b }])], 'Group');
        rival = () => scim.change(id, [join(c), leave(a)], 'Group');
        await other.modify(call, types.Group, id, [join(c, d), leave(a, b)], undefined, read);
        expect(rival, 'the race took place').to.equal(undefined);
        expect(memberIds(await scim.get(id, 'Group'))).to.deep.equal([c, d].sort());
      }
      await other.close();
    });

    it('names the member that does not exist before it writes anything', async () => {
      const { id } = await scim.group('strict', pool[0] ?? '');
      const nobody = '00000000-0000-4000-8000-000000000000';
      const error = await refusal(
        scim.change(id, [join(pool[1] ?? '', nobody), set('displayName', 'x')], 'Group'),
        'invalidValue',
      );
      expect(error.message).to.contain('members').and.contain(nobody);
      const { attributes } = await scim.get(id, 'Group');
      expect(attributes['displayName']).to.equal('strict');
      expect(attributes['members']).to.have.length(1);
    });

    it('follows a rename of a member, and knows who is in what afterwards', async () => {
      const domain = name === 'samba' ? '@lab.example.com' : '';
      const ann = await scim.user({ userName: `before${domain}`, active: true });
      const { id } = await scim.group('followers', ann.id);
      const renamed = await scim.change(ann.id, [set('userName', `after${domain}`)]);
      expect(renamed.id).to.equal(ann.id);
      expect(memberIds(await scim.get(id, 'Group'))).to.deep.equal([ann.id]);
      expect((await scim.get(ann.id)).attributes['groups']).to.deep.equal([
        { value: id, display: 'followers', type: 'direct' },
      ]);
    });
  });
}

describe('ldap membership', () => {
  const server = directoryLab('openldap');
  let backend: LdapBackend;
  const open = async (more: More = {}): Promise<ReturnType<typeof verbs>> => {
    backend = await openBackend(server.lab, more);
    return verbs(backend);
  };
  beforeEach(() => server.lab.clear());
  afterEach(() => backend?.close());

  it('puts a placeholder into an empty group, takes it out for the first member, and shows it to nobody', async () => {
    const scim = await open();
    const { lab } = server;
    const members = async (): Promise<string[]> =>
      (await lab.find(`cn=g,${lab.flavour.groups}`, '(objectClass=*)', 'member'))
        .split('\n')
        .filter((line) => line.startsWith('member'));
    const { id, attributes } = await scim.group('g');
    expect(attributes).to.deep.equal({ displayName: 'g' });
    expect(await members()).to.deep.equal([`member: ${PLACEHOLDER}`]);
    const ann = await scim.user({ userName: 'ann', active: true });
    await scim.change(id, [join(ann.id)], 'Group');
    expect(await members()).to.deep.equal([`member: uid=ann,${lab.flavour.people}`]);
    const empty = await scim.change(id, [leave(ann.id)], 'Group');
    expect(empty.attributes).to.deep.equal({ displayName: 'g' });
    expect(await members()).to.deep.equal([`member: ${PLACEHOLDER}`]);
    expect(await scim.find('members pr', 'Group')).to.deep.equal([]);
  });

  it('leaves members that are none of ours alone', async () => {
    const scim = await open();
    const { lab } = server;
    await lab.apply(
      `dn: cn=mixed,${lab.flavour.groups}\nobjectClass: groupOfNames\ncn: mixed\nmember: cn=robot,ou=services,${lab.flavour.suffix}\n`,
    );
    const ann = await scim.user({ userName: 'ann', active: true });
    const [mixed] = await scim.find('displayName eq "mixed"', 'Group');
    const id = mixed?.id ?? '';
    expect(mixed?.attributes).to.deep.equal({ displayName: 'mixed' });
    await scim.change(id, [set('members', [{ value: ann.id }])], 'Group');
    expect(memberIds(await scim.change(id, [leave(ann.id)], 'Group'))).to.deep.equal([]);
    expect(await lab.find(`cn=mixed,${lab.flavour.groups}`))
      .to.contain('member: cn=robot')
      .and.not.contain(PLACEHOLDER);
  });

  it('keeps groupOfUniqueNames and posixGroup as well', async () => {
    const unique = await open({
      groups: {
        object_classes: ['groupOfUniqueNames'],
        filter: '(objectClass=groupOfUniqueNames)',
        member: 'uniqueMember',
      },
    });
    const ann = await unique.user({ userName: 'ann', active: true });
    expect(memberIds(await unique.group('unique', ann.id))).to.deep.equal([ann.id]);
    expect((await unique.get(ann.id)).attributes['groups']).to.have.length(1);
    await backend.close();
    const posix = await open({
      groups: {
        object_classes: ['posixGroup'],
        filter: '(objectClass=posixGroup)',
        member: 'memberUid',
        map: { 'ldap:gidNumber': { ldap: 'gidNumber', direction: 'once', otherwise: ['4711'] } },
      },
    });
    const { id } = await posix.group('posix', ann.id);
    await posix.change(ann.id, [set('userName', 'anna')]);
    expect(memberIds(await posix.get(id, 'Group'))).to.deep.equal([ann.id]);
    const listed = `cn=posix,${server.lab.flavour.groups}`;
    expect(await server.lab.find(listed)).to.contain('memberUid: anna');
    // A group may be called as a person is.
    const namesake = await posix.group('anna');
    await posix.change(namesake.id, [set('displayName', 'annb')], 'Group');
    await posix.remove(namesake.id, 'Group');
    expect(await server.lab.find(listed)).to.contain('memberUid: anna');
    expect((await posix.change(id, [leave(ann.id)], 'Group')).attributes).to.deep.equal({ displayName: 'posix' });
  });
});

describe('ldap membership of ten thousand', () => {
  const server = directoryLab('openldap');
  let backend: LdapBackend;
  after(() => backend?.close());

  it('adds one to ten thousand, and says who they are', async () => {
    const { lab } = server;
    await lab.load(peopleLdif(lab.flavour, 10_001));
    await lab.load(groupsLdif(lab.flavour, 1, 10_000, 10_001));
    backend = await openBackend(lab);
    const scim = verbs(backend);
    const [group] = await scim.find('displayName eq "group00000"', 'Group');
    expect(group?.attributes['members']).to.have.length(10_000);
    const [late] = await scim.find('userName eq "user010000"');
    const after = await scim.change(group?.id ?? '', [join(late?.id ?? '')], 'Group');
    expect(after.attributes['members']).to.have.length(10_001);
    expect(memberIds(await scim.get(group?.id ?? '', 'Group'))).to.contain(late?.id);
  });
});
