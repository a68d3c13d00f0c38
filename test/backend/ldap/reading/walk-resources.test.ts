import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { bindSimple } from '../../../../connector/scim/filter/bind.ts';
import type { Page, Query } from '../../../../connector/scim/query.ts';
import { compile, nameOf } from '../../../conformance/company.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { peopleLdif } from '../../../support/directories/people.ts';
import { call, verbs } from '../../../support/directories/scim.ts';
import { type Cost, Meter } from '../../../support/directories/watched.ts';

const PEOPLE = 600;
const LIMIT = 50;

const { User } = types;
const bySurname = {
  sort: { path: bindSimple(User, { name: 'name', sub: 'familyName' }, 'sortBy'), descending: false },
};

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`a walk with cursors on ${name}`, () => {
    const server = directoryLab(name);
    const meter = new Meter();
    const domain = name === 'samba' ? '@lab.example.com' : '';
    let here: LdapBackend;
    let there: LdapBackend;
    before(async () => {
      await server.lab.apply(peopleLdif(server.lab.flavour, PEOPLE));
      here = await openBackend(server.lab, {}, types, meter.wrap);
      there = await openBackend(server.lab, {}, types, meter.wrap);
    });
    after(() => Promise.all([here?.close(), there?.close()]));

    interface Step extends Cost, Page {}

    /** @param turns  which connector is asked for which page, over and over */
    async function walk(turns: readonly LdapBackend[], wanted: Partial<Query> = {}): Promise<Step[]> {
      const steps: Step[] = [];
      let cursor: Query['cursor'] = {};
      while (cursor) {
        const backend = turns[steps.length % turns.length] as LdapBackend;
        const query: Query = { ...wanted, offset: 0, limit: LIMIT, cursor };
        let page: Page = { total: -1, resources: [] };
        const cost = await meter.of(async () => {
          page = await backend.list(call, User, query);
        });
        steps.push({ ...cost, ...page });
        cursor = page.next === undefined ? undefined : { after: page.next };
      }
      return steps;
    }
    const names = (steps: readonly Step[]): string[] => steps.flatMap(({ resources }) => resources.map(nameOf));

    it('reads the ids once, then no more than each page holds, the last as the second', async () => {
      for (const wanted of [{ without: ['groups'] }, { without: ['groups'], ...bySurname }] as const) {
        const [first, ...others] = await walk([here], wanted);
        expect(first?.entries).to.be.within(PEOPLE, PEOPLE + LIMIT);
        expect(others).to.have.length(PEOPLE / LIMIT - 1);
        for (const { entries, searches } of others) expect([entries, searches]).to.deep.equal([LIMIT, 1]);
      }
    });

    it('goes on at another connector, which reads the ids once too', async () => {
      for (const wanted of [{ without: ['groups'] }, { without: ['groups'], ...bySurname }] as const) {
        const alone = await walk([here], wanted);
        const shared = await walk([here, there], wanted);
        expect(names(shared)).to.deep.equal(names(alone));
        const [, second, ...others] = shared;
        expect(second?.entries).to.be.within(PEOPLE, PEOPLE + LIMIT);
        for (const { entries } of others) expect(entries).to.equal(LIMIT);
      }
    });

    it('shows who came before it began, whatever the other connector has read before', async () => {
      await walk([there, here]);
      const late: string[] = [];
      for (let n = 0; n < 3; n += 1) {
        const { id, attributes } = await verbs(here).user({ userName: `late${n}${domain}`, active: false });
        late.push(id);
        const steps = await walk([here, there, there]);
        expect(names(steps)).to.include(attributes['userName']);
        expect(new Set(names(steps)).size).to.equal(PEOPLE + n + 1);
      }
      for (const id of late) await verbs(there).remove(id);
    });

    it('keeps its place when the one who stood there has another value, or is gone', async () => {
      const sorted = await here.list(call, User, { ...bySurname, offset: 0, limit: PEOPLE });
      const first = await here.list(call, User, { ...bySurname, offset: 0, limit: LIMIT, cursor: {} });
      const [last, before] = [first.resources.at(-1), first.resources.at(-2)];
      await verbs(there).change(last?.id ?? '', [
        { op: 'set', path: { attribute: 'name', sub: 'familyName' }, value: 'Zzz' },
      ]);
      await verbs(there).remove(before?.id ?? '');
      for (const backend of [here, there]) {
        const { resources } = await backend.list(call, User, {
          ...bySurname,
          offset: 0,
          limit: LIMIT,
          cursor: { after: first.next ?? '' },
        });
        expect(resources.map(nameOf)).to.deep.equal(sorted.resources.slice(LIMIT, 2 * LIMIT).map(nameOf));
      }
    });

    it('is right, only dearer, where no list of ids is kept', async () => {
      const forgetful = await openBackend(server.lab, { ldap: { snapshot_ttl: 1 } }, types, meter.wrap);
      try {
        for (const wanted of [{}, bySurname, { filter: compile(User, 'title sw "Engineer"') }]) {
          const { resources } = await here.list(call, User, { ...wanted, offset: 0, limit: PEOPLE });
          expect(names(await walk([forgetful], wanted))).to.deep.equal(resources.map(nameOf));
        }
      } finally {
        await forgetful.close();
      }
    });

    it('reads what a filter finds, and nobody else', async () => {
      const [only, ...others] = await walk([here], {
        filter: compile(User, `userName eq "user000123${domain}"`),
        without: ['groups'],
      });
      expect([only?.total, only?.entries, others]).to.deep.equal([1, 1, []]);
    });
  });
}
