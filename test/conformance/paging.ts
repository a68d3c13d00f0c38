import { expect } from 'chai';
import type { Backend } from '../../connector/backend/backend.ts';
import { bindSimple } from '../../connector/scim/filter/bind.ts';
import { matches } from '../../connector/scim/filter/matches.ts';
import { parsePath } from '../../connector/scim/path.ts';
import type { Resource } from '../../connector/scim/resource.ts';
import type { BoundPath, ResourceType } from '../../connector/scim/schema/resource-type.ts';
import { compareKeys, sortKey } from '../../connector/scim/sort.ts';
import type { Needs } from './abilities.ts';
import type { MakeBackend } from './backend.ts';
import { call, compile, everyone, found, nameOf } from './company.ts';
import { CUSTOM_URN, Group, OPEN_URN, User } from './people.ts';

const SORTS: readonly string[] = [
  'userName',
  'id',
  'externalId',
  'displayName',
  'name.familyName',
  'title',
  'active',
  'emails',
  'emails.type',
  'emails.primary',
  'phoneNumbers',
  'addresses.locality',
  'roles',
  'groups',
  'groups.display',
  'groups.type',
  'meta.created',
  'meta.lastModified',
  'meta.version',
  'urn:scim:schemas:extension:enterprise:1.0:employeeNumber',
  'urn:scim:schemas:extension:enterprise:1.0:manager.managerId',
  'urn:scim:schemas:extension:enterprise:1.0:manager.displayName',
  ...['badge', 'rate', 'hired', 'remote', 'skills', 'code'].map((name) => `${CUSTOM_URN}:${name}`),
  ...['shoe', 'nick', 'vip', 'tags', 'desk.floor', '__proto__', 'constructor'].map((name) => `${OPEN_URN}:${name}`),
];

const GROUP_SORTS: readonly string[] = ['displayName', 'members', 'members.display', 'members.type', 'meta.version'];

/** `sortKey` and `compareKeys` over the order of creation: the definition. */
function ordered(resources: readonly Resource[], path: BoundPath, descending: boolean): Resource[] {
  return [...resources].sort((a, b) => {
    const [x, y] = [sortKey(a, path), sortKey(b, path)];
    const order =
      x === undefined || y === undefined ? Number(x === undefined) - Number(y === undefined) : compareKeys(path, x, y);
    return descending ? -order : order;
  });
}

export function describePaging(make: MakeBackend, needs: Needs): void {
  describe('pages and order', () => {
    let backend: Backend;
    before(async () => {
      backend = await make();
      await found(backend);
    });
    after(() => backend.close());

    const bound = (type: ResourceType, text: string): BoundPath =>
      bindSimple(type, parsePath(text) ?? { name: text }, 'sortBy');
    const list = async (query: object, type = User): Promise<string[]> =>
      (await backend.list(call, type, { ...everyone, ...query })).resources.map(nameOf);

    it('lists in the order of creation, page by page, with the total on each', async () => {
      const names = await list({});
      for (const limit of [1, 2, 3, 100]) {
        const seen: string[] = [];
        for (let offset = 0; offset < names.length; offset += limit) {
          const page = await backend.list(call, User, { offset, limit });
          expect(page.total).to.equal(names.length);
          expect(page.resources).to.have.length(Math.min(limit, names.length - offset));
          seen.push(...page.resources.map(nameOf));
        }
        expect(seen).to.deep.equal(names);
      }
    });

    it('pages a filtered and a sorted list alike', async () => {
      const filter = compile(User, 'title pr');
      const sort = { path: bound(User, 'title'), descending: true };
      for (const query of [{ filter }, { sort }, { filter, sort }]) {
        const names = await list(query);
        const { total } = await backend.list(call, User, { ...query, offset: 0, limit: 0 });
        expect(total).to.equal(names.length);
        const seen: string[] = [];
        for (let offset = 0; offset < total; offset += 2) {
          const page = await backend.list(call, User, { ...query, offset, limit: 2 });
          expect(page.total).to.equal(total);
          seen.push(...page.resources.map(nameOf));
        }
        expect(seen).to.deep.equal(names);
      }
    });

    it('tells the total past the end and for a page of none', async () => {
      const { total } = await backend.list(call, User, everyone);
      for (const query of [
        { offset: total, limit: 10 },
        { offset: total + 100_000, limit: 10 },
        { offset: 0, limit: 0 },
      ]) {
        expect(await backend.list(call, User, query)).to.deep.equal({ total, resources: [] });
      }
    });

    for (const [type, texts] of [
      [User, SORTS],
      [Group, GROUP_SORTS],
    ] as const) {
      for (const text of texts) {
        needs.it('sort', `sorts ${type.name}s by ${text} as defined, both ways`, async () => {
          const path = bound(type, text);
          const { resources } = await backend.list(call, type, everyone);
          for (const descending of [false, true]) {
            const wanted = ordered(resources, path, descending).map(nameOf);
            expect(await list({ sort: { path, descending } }, type)).to.deep.equal(wanted);
          }
        });
      }
    }

    needs.it('sort', 'sorts what a filter finds', async () => {
      const path = bound(User, 'userName');
      const filter = compile(User, 'emails pr');
      const { resources } = await backend.list(call, User, everyone);
      const wanted = ordered(resources.filter(matches(filter)), path, true).map(nameOf);
      expect(await list({ filter, sort: { path, descending: true } })).to.deep.equal(wanted);
    });
  });
}
