import { expect } from 'chai';
import type { Backend } from '../../connector/backend/backend.ts';
import { bindSimple } from '../../connector/scim/filter/bind.ts';
import { parsePath } from '../../connector/scim/path.ts';
import type { Page, Query } from '../../connector/scim/query.ts';
import type { ResourceType } from '../../connector/scim/schema/resource-type.ts';
import type { Needs } from './abilities.ts';
import type { MakeBackend } from './backend.ts';
import { call, compile, everyone, found, nameOf } from './company.ts';
import { CUSTOM_URN, Group, OPEN_URN, User } from './people.ts';
import { refusal } from './refusal.ts';

type Wanted = Omit<Query, 'offset' | 'limit' | 'cursor'>;

const FILTERS: readonly string[] = ['title pr', 'userName sw "b"', 'emails co "@"', 'groups.type eq "indirect"'];

const SORTS: readonly string[] = [
  'userName',
  'title',
  'active',
  'emails',
  'groups.display',
  'meta.created',
  'meta.lastModified',
  'urn:scim:schemas:extension:enterprise:1.0:manager.displayName',
  ...['badge', 'rate', 'hired', 'remote', 'skills'].map((name) => `${CUSTOM_URN}:${name}`),
  ...['shoe', 'nick', 'vip', 'tags'].map((name) => `${OPEN_URN}:${name}`),
];

/** Every page of a walk, one when the next is asked for. */
async function* walk(backend: Backend, type: ResourceType, wanted: Wanted, limit: number): AsyncGenerator<Page> {
  let after: string | undefined;
  do {
    const cursor = after === undefined ? {} : { after };
    const page: Page = await backend.list(call, type, { ...wanted, offset: 0, limit, cursor });
    yield page;
    after = page.next;
  } while (after !== undefined);
}

const sortBy = (type: ResourceType, text: string, descending: boolean): Wanted => ({
  sort: { path: bindSimple(type, parsePath(text) ?? { name: text }, 'sortBy'), descending },
});

/** Lists that go on behind a place. */
export function describeWalking(make: MakeBackend, needs: Needs): void {
  describe('a walk with cursors', () => {
    let backend: Backend;
    before(async () => {
      backend = await make();
      await found(backend);
    });
    after(() => backend.close());

    async function isTheList(type: ResourceType, wanted: Wanted): Promise<void> {
      const { resources, total } = await backend.list(call, type, { ...everyone, ...wanted });
      for (const limit of [1, 3, Math.max(1, total / 2), total, total + 1].filter(Number.isInteger)) {
        const pages: Page[] = [];
        for await (const page of walk(backend, type, wanted, limit)) pages.push(page);
        expect(pages.flatMap((page) => page.resources.map(nameOf))).to.deep.equal(resources.map(nameOf));
        // Nothing follows the last one, not even where it is full.
        expect(pages).to.have.length(Math.max(1, Math.ceil(total / limit)));
        expect(pages.map((page) => page.total)).to.deep.equal(pages.map(() => total));
      }
    }

    for (const type of [User, Group]) {
      it(`shows all ${type.plural} in the order of the list`, () => isTheList(type, {}));
    }

    for (const text of FILTERS) {
      it(`shows what a filter finds: ${text}`, () => isTheList(User, { filter: compile(User, text) }));
    }

    for (const text of SORTS) {
      needs.it('sort', `keeps the order by ${text}, both ways`, async () => {
        for (const descending of [false, true]) await isTheList(User, sortBy(User, text, descending));
      });
    }

    needs.it('sort', 'keeps the order of what a filter finds [U-11]', async () => {
      for (const text of FILTERS) {
        await isTheList(User, { filter: compile(User, text), ...sortBy(User, 'title', true) });
      }
    });

    it('tells the total alone, and that nothing follows', async () => {
      for (const wanted of [{}, { filter: compile(User, 'title pr') }]) {
        const { total } = await backend.list(call, User, { ...everyone, ...wanted });
        const page = await backend.list(call, User, { ...wanted, offset: 0, limit: 0, cursor: {} });
        expect(page).to.deep.equal({ total, resources: [] });
      }
    });

    it('refuses a place that is none of its own', async () => {
      for (const after of ['', 'x', 'null', '{}', '[]', '"x"', '{"by":{}}']) {
        const query = { offset: 0, limit: 1, cursor: { after } };
        await refusal(backend.list(call, User, query), 'invalidCursor');
        if (needs.reason('sort') !== undefined) continue;
        await refusal(backend.list(call, User, { ...query, ...sortBy(User, 'title', false) }), 'invalidCursor');
      }
    });
  });

  describe('a walk while others come and go', () => {
    let backend: Backend;
    beforeEach(async () => {
      backend = await make();
    });
    afterEach(() => backend.close());

    const titled = (userName: string) => ({ userName, title: 'Walker', active: true });

    for (const [title, wanted] of [
      ['all', {}],
      ['what a filter finds', { filter: compile(User, 'title eq "walker"') }],
      ['what no index finds', { filter: compile(User, 'title co "alk"') }],
      ['the sorted', sortBy(User, 'userName', false)],
      ['the sorted backwards', sortBy(User, 'userName', true)],
      ['equals', sortBy(User, 'title', true)],
    ] as const) {
      const run = async (): Promise<void> => {
        const names = Array.from({ length: 24 }, (_, n) => `walker${String(n).padStart(2, '0')}`);
        const ids = new Map<string, string>();
        for (const name of names) ids.set(name, (await backend.create(call, User, titled(name))).id);
        const seen: string[] = [];
        const gone = new Set<string>();
        let number = 0;
        for await (const page of walk(backend, User, wanted, 4)) {
          const shown = page.resources.map(nameOf);
          seen.push(...shown);
          // The place itself goes, and one before it, and one that is yet to come; others come at both ends.
          const unseen = names.filter((name) => !seen.includes(name) && !gone.has(name));
          for (const name of [shown.at(-1), shown[0], unseen[0]]) {
            const id = ids.get(name ?? '');
            if (name === undefined || id === undefined || gone.has(name)) continue;
            await backend.delete(call, User, id);
            gone.add(name);
          }
          await backend.create(call, User, titled(`aaa${number}`));
          await backend.create(call, User, titled(`zzz${number}`));
          number += 1;
          if (number > 40) break;
        }
        expect(new Set(seen).size, 'none twice').to.equal(seen.length);
        const stayed = names.filter((name) => !gone.has(name));
        expect(stayed.length).to.be.greaterThan(5);
        expect(seen).to.include.members(stayed);
      };
      if ('sort' in wanted) needs.it('sort', `shows ${title}: none twice, none that stays left out`, run);
      else it(`shows ${title}: none twice, none that stays left out [R-3.4.2.4-04 U-13]`, run);
    }
  });
}
