import { expect } from 'chai';
import fc from 'fast-check';
import { bindSimple } from '../../../../connector/scim/filter/bind.ts';
import { matches } from '../../../../connector/scim/filter/matches.ts';
import { parsePath } from '../../../../connector/scim/path.ts';
import type { Page, Query } from '../../../../connector/scim/query.ts';
import type { Resource } from '../../../../connector/scim/resource.ts';
import { compareSorted, sortKey } from '../../../../connector/scim/sort.ts';
import { call, compile } from '../../../conformance/company.ts';
import { User } from '../../../conformance/people.ts';
import { opened } from '../opened.ts';
import { temporaryFile } from '../temporary-file.ts';

/** Few values, so that many are equal, and some absent. */
const person = fc.record({
  title: fc.option(fc.constantFrom('a', 'B', 'c', 'ä'), { nil: undefined }),
  emails: fc.option(fc.constantFrom([{ value: 'x@a.org' }], [{ value: 'y@b.org' }]), { nil: undefined }),
});
type Person = typeof person extends fc.Arbitrary<infer T> ? T : never;

const between = fc.record({
  come: fc.array(person, { maxLength: 2 }),
  /** Of those who are there, by number. */
  go: fc.array(fc.nat(), { maxLength: 2 }),
});

const wanted = fc.record({
  filter: fc.constantFrom(undefined, 'title pr', 'title co "a"', 'emails sw "x"', 'emails co "b.org"'),
  sortBy: fc.constantFrom(undefined, 'userName', 'title', 'emails', 'meta.lastModified'),
  descending: fc.boolean(),
  limit: fc.integer({ min: 1, max: 5 }),
});

const present = ({ title, emails }: Person): object => ({ ...(title ? { title } : {}), ...(emails ? { emails } : {}) });

describe('a walk through what others change', () => {
  it('shows whoever stays once, in order, and nobody twice', async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { minLength: 5, maxLength: 20 }),
        fc.infiniteStream(between),
        wanted,
        async (people, changes, { filter, sortBy, descending, limit }) => {
          const backend = await opened(temporaryFile());
          const create = (one: Person) =>
            backend.create(call, User, { userName: `u${(number++ * 7919) % 100_003}`, ...present(one) });
          try {
            let staying: Resource[] = [];
            for (const one of people) staying.push(await create(one));
            const there = [...staying];
            const query: Omit<Query, 'cursor' | 'limit' | 'offset'> = {
              ...(filter ? { filter: compile(User, filter) } : {}),
              ...(sortBy
                ? { sort: { path: bindSimple(User, parsePath(sortBy) ?? { name: sortBy }, 'sortBy'), descending } }
                : {}),
            };
            const seen: Resource[] = [];
            for (let after: string | undefined, pages = 0; ; pages += 1) {
              const cursor = after === undefined ? {} : { after };
              const page: Page = await backend.list(call, User, { ...query, offset: seen.length, limit, cursor });
              seen.push(...page.resources);
              after = page.next;
              if (after === undefined) break;
              expect(page.resources).to.have.length(limit);
              const { come, go } = changes.next().value as { come: readonly Person[]; go: readonly number[] };
              if (pages > 10) continue;
              for (const one of come) there.push(await create(one));
              for (const n of go) {
                const [gone] = there.splice(n % there.length, 1);
                if (!gone) continue;
                await backend.delete(call, User, gone.id);
                staying = staying.filter(({ id }) => id !== gone.id);
              }
            }
            const ids = seen.map(({ id }) => id);
            expect(new Set(ids).size).to.equal(ids.length);
            const accepts = query.filter ? matches(query.filter) : () => true;
            const due = staying.filter(accepts);
            expect(ids).to.include.members(due.map(({ id }) => id));
            for (const one of seen) expect(accepts(one)).to.equal(true);
            const { sort } = query;
            if (!sort) return;
            for (const [n, one] of seen.entries()) {
              const next = seen[n + 1];
              if (next)
                expect(
                  compareSorted(sort.path, descending, sortKey(one, sort.path), sortKey(next, sort.path)),
                ).to.be.at.most(0);
            }
          } finally {
            await backend.close();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
