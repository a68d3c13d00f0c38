import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import type { Page } from '../../../../connector/scim/query.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { groupsLdif, peopleLdif } from '../../../support/directories/people.ts';
import { call, set, verbs } from '../../../support/directories/scim.ts';
import { type Cost, Meter } from '../../../support/directories/watched.ts';

const PEOPLE = 1_234;
const FEW = 10;

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`who asks ${name} for a few`, () => {
    const server = directoryLab(name);
    const meter = new Meter();
    let backend: LdapBackend;
    before(async () => {
      const { flavour } = server.lab;
      await server.lab.apply(peopleLdif(flavour, PEOPLE) + groupsLdif(flavour, 5, 10, 100));
      backend = await openBackend(server.lab, {}, types, meter.wrap);
    });
    after(() => backend?.close());

    async function glance(limit: number, offset = 0): Promise<Cost & Page> {
      let page: Page = { total: -1, resources: [] };
      const cost = await meter.of(async () => {
        page = await backend.list(call, types.User, { offset, limit });
      });
      return { ...cost, ...page };
    }
    const ids = ({ resources }: Page): string[] => resources.map(({ id }) => id);

    it('reads no more than these, after the first who did', async () => {
      const first = await glance(1);
      expect([first.total, first.entries >= PEOPLE]).to.deep.equal([PEOPLE, true]);
      for (const limit of [0, 1, 2, FEW]) {
        const next = await glance(limit);
        expect([next.total, next.resources.length]).to.deep.equal([PEOPLE, limit]);
        expect(next.entries, `entries for ${limit}`).to.be.at.most(3 * limit);
        expect(next.searches, `searches for ${limit}`).to.be.at.most(2 * limit + 1);
      }
      const pages = [await glance(2), await glance(2, 2), await glance(2, 4)];
      const whole = await glance(200);
      expect(whole.entries, 'an import begins with a new list').to.be.at.least(PEOPLE);
      expect(pages.flatMap(ids)).to.deep.equal(ids(whole).slice(0, 6));
    });

    it('is told of who came and went through us, and reads nothing anew for other changes', async () => {
      const scim = verbs(backend);
      const domain = name === 'samba' ? '@lab.example.com' : '';
      const [somebody] = (await glance(1)).resources;
      await scim.change(somebody?.id ?? '', [set('title', 'Changed')]);
      const after = await glance(1);
      expect(after.entries).to.be.at.most(3);
      expect(after.resources[0]?.attributes['title']).to.equal('Changed');
      const late = await scim.user({ userName: `late${domain}`, active: false });
      expect((await glance(1)).total).to.equal(PEOPLE + 1);
      await scim.remove(late.id);
      expect((await glance(1)).total).to.equal(PEOPLE);
      expect((await glance(1)).entries).to.be.at.most(3);
    });

    it('counts anew when one of them was deleted by others', async () => {
      const { flavour } = server.lab;
      const [one] = (await glance(1)).resources;
      const userName = String(one?.attributes['userName']).replace(/@.*/, '');
      await server.lab.apply(`dn: ${flavour.naming}=${userName},${flavour.people}\nchangetype: delete\n`);
      const { total, resources } = await glance(1);
      expect([total, resources.length]).to.deep.equal([PEOPLE - 1, 1]);
    });
  });
}
