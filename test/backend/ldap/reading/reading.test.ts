import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import type { Complex, Resource } from '../../../../connector/scim/resource.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { groupsLdif, peopleLdif } from '../../../support/directories/people.ts';
import { call, set, verbs } from '../../../support/directories/scim.ts';

const PEOPLE = 1_234;

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`ldap reading on ${name}`, () => {
    const server = directoryLab(name);
    let backend: LdapBackend;
    before(async () => {
      await server.lab.apply(peopleLdif(server.lab.flavour, PEOPLE) + groupsLdif(server.lab.flavour, 5, 10, 100));
      backend = await openBackend(server.lab);
    });
    after(() => backend?.close());

    async function pages(
      from: LdapBackend,
      limit: number,
      between = async (_: number): Promise<void> => {},
    ): Promise<Resource[]> {
      const seen: Resource[] = [];
      for (let offset = 0, total = 1; offset < total; offset += limit) {
        const page = await from.list(call, types.User, { offset, limit });
        total = page.total;
        seen.push(...page.resources);
        await between(offset);
      }
      return seen;
    }

    it('reads everybody once, beyond every limit of the server, in an order that another connector continues', async () => {
      const all = await pages(backend, 200);
      expect(new Set(all.map(({ id }) => id)).size).to.equal(PEOPLE);
      const ids = all.map(({ id }) => id);
      expect(ids).to.deep.equal(ids.toSorted());
      const other = await openBackend(server.lab);
      const { resources, total } = await other.list(call, types.User, { offset: 400, limit: 200 });
      await other.close();
      expect(total).to.equal(PEOPLE);
      expect(resources.map(({ id }) => id)).to.deep.equal(all.slice(400, 600).map(({ id }) => id));
    });

    it('keeps total and places while people come and go, and leaves the gone out', async () => {
      const scim = verbs(backend);
      const domain = name === 'samba' ? '@lab.example.com' : '';
      const [victim] = await scim.find(`userName eq "user000700${domain}"`);
      let ids: string[] = [];
      const seen = await pages(backend, 500, async (offset) => {
        if (offset > 0) return;
        await scim.remove(victim?.id ?? '');
        await scim.user({ userName: `late${domain}`, active: false });
      });
      ids = seen.map(({ id }) => id);
      expect(new Set(ids).size).to.equal(ids.length);
      expect(ids.length).to.be.oneOf([PEOPLE, PEOPLE - 1]);
      const { total } = await backend.list(call, types.User, { offset: 0, limit: 0 });
      expect(total).to.equal(PEOPLE);
      const [late] = await scim.find(`userName eq "late${domain}"`);
      await scim.remove(late?.id ?? '');
      await scim.user({ userName: `user000700${domain}`, active: false });
    });

    it('tells the groups of a page of people as it tells those of one', async () => {
      const { resources } = await backend.list(call, types.User, { offset: 0, limit: PEOPLE });
      const withGroups = resources.filter(({ attributes }) => attributes['groups'] !== undefined);
      expect(withGroups).to.have.length(50);
      for (const one of withGroups.slice(0, 5)) {
        const alone = await backend.get(call, types.User, one.id);
        expect(alone.attributes['groups']).to.deep.equal(one.attributes['groups']);
        expect((alone.attributes['groups'] as readonly Complex[])[0]?.['type']).to.equal('direct');
      }
    });

    it('finds what changed since a moment, the changes of that very second included, and nothing older', async () => {
      const scim = verbs(backend);
      const [one, two] = await scim.find('title eq "Engineer 7"');
      const changed = await scim.change(one?.id ?? '', [set('title', 'Changed')]);
      const since = changed.meta.lastModified;
      const later = await scim.change(two?.id ?? '', [set('title', 'Changed too')]);
      const found = (await scim.find(`meta.lastModified gt "${since}"`)).map(({ id }) => id);
      expect(found).to.include.members([changed.id, later.id]);
      const future = new Date(Date.parse(later.meta.lastModified) + 3_600_000).toISOString();
      expect(await scim.find(`meta.lastModified gt "${future}"`)).to.deep.equal([]);
    });

    it('knows nobody under an id that cannot be one', async () => {
      for (const id of ['', '*', 'x', '00000000-0000-4000-8000-000000000000', '(objectClass=*)']) {
        await refusal(backend.get(call, types.User, id), 'notFound');
      }
    });
  });
}

describe('ldap protection', () => {
  const server = directoryLab('openldap');
  let backend: LdapBackend;
  after(() => backend?.close());

  it('reads protected accounts and refuses every write to them, by DN and by filter', async () => {
    const { lab } = server;
    await lab.clear();
    backend = await openBackend(lab, {
      users: { protected: ['uid=root,*', '(employeeType=robot)'], map: { userType: 'employeeType' } },
    });
    const scim = verbs(backend);
    await lab.apply(`dn: uid=root,${lab.flavour.people}\nobjectClass: inetOrgPerson\nuid: root\ncn: root\nsn: root\n`);
    const robot = await scim.user({ userName: 'r2', userType: 'robot', active: true });
    const free = await scim.user({ userName: 'ann', active: true });
    const [root] = await scim.find('userName eq "root"');
    for (const id of [root?.id ?? '', robot.id]) {
      expect((await refusal(scim.change(id, [set('title', 'x')]), 'forbidden')).message).to.contain('users.protected');
      await refusal(scim.change(id, [set('active', false)]), 'forbidden');
      await refusal(scim.remove(id), 'forbidden');
    }
    await scim.remove(root?.id ?? '').catch(() => undefined);
    await refusal(scim.change(free.id, [set('userName', 'root')]), 'uniqueness');
    await scim.change(free.id, [set('title', 'x')]);
    expect(await scim.find('title pr')).to.have.length(1);
  });

  it('neither sees nor touches what lies outside the bases', async () => {
    const { lab } = server;
    const scim = verbs(backend);
    await lab.apply(`dn: uid=outside,${lab.flavour.suffix}\nobjectClass: inetOrgPerson\nuid: outside\ncn: o\nsn: o\n`);
    expect(await scim.find('userName eq "outside"')).to.deep.equal([]);
    const ldif = await lab.find(lab.flavour.suffix, '(uid=outside)', 'entryUUID');
    const id = /entryUUID: (\S+)/.exec(ldif)?.[1] ?? '';
    expect(id).to.not.equal('');
    await refusal(scim.remove(id), 'notFound');
    await refusal(scim.change(id, [set('title', 'x')]), 'notFound');
    expect(await lab.find(lab.flavour.suffix, '(uid=outside)', '1.1')).to.contain('uid=outside');
  });
});
