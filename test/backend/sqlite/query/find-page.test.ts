import { expect } from 'chai';
import { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import { ScimError } from '../../../../connector/scim/error.ts';
import type { Attribute } from '../../../../connector/scim/schema/attribute.ts';
import { findAttribute } from '../../../../connector/scim/schema/resource-type.ts';
import { call, compile } from '../../../conformance/company.ts';
import { User } from '../../../conformance/people.ts';
import { temporaryFile } from '../temporary-file.ts';

const COUNT = 600;
const title = findAttribute(User.attributes, 'title') as Attribute;

describe('pages of more matches than SQLite reads at once', () => {
  let backend: SqliteBackend;
  const names: string[] = [];

  before(async () => {
    backend = new SqliteBackend({ file: temporaryFile(), passwords: 'discard' });
    await backend.open();
    // Names in the opposite order of creation, so that an index read in its own order is found out.
    for (let i = 0; i < COUNT; i += 1) names.push(`user${String(COUNT - i).padStart(4, '0')}`);
    await Promise.all(
      names.map((userName) => backend.create(call, User, { userName, emails: [{ value: `${userName}@x.org` }] })),
    );
  });
  after(() => backend.close());

  const INDEXED = ['userName sw "user"', 'emails sw "user"', 'meta.lastModified gt "2020-01-01T00:00:00Z"'];
  const SCANNED = ['emails co "@x.org"', 'userName co "user"'];

  for (const text of [...INDEXED, ...SCANNED]) {
    it(`are complete, in the order of creation, with the whole total: ${text}`, async () => {
      const filter = compile(User, text);
      const found: unknown[] = [];
      for (let offset = 0; offset <= COUNT; offset += 70) {
        const { total, resources } = await backend.list(call, User, { filter, offset, limit: 70 });
        expect(total).to.equal(COUNT);
        found.push(...resources.map(({ attributes }) => attributes['userName']));
      }
      expect(found).to.deep.equal(names);
      for (const [offset, limit] of [
        [0, 0],
        [COUNT, 10],
      ] as const) {
        const { total, resources } = await backend.list(call, User, { filter, offset, limit });
        expect([total, resources.length]).to.deep.equal([COUNT, 0]);
      }
    });
  }

  it('are refused in words when SQLite cannot take so long a filter', async () => {
    const filter = compile(User, Array.from({ length: 400 }, () => 'groups.value eq "x"').join(' or '));
    for (const sort of [undefined, { path: { attribute: title }, descending: false }]) {
      const error = await backend
        .list(call, User, { filter, offset: 0, limit: 1, ...(sort ? { sort } : {}) })
        .catch((failure: unknown) => failure);
      expect(error).to.be.instanceOf(ScimError).and.include({
        reason: 'invalidFilter',
        message: 'filter: too many conditions for the database; ask in several requests',
      });
    }
  });

  for (const sort of [undefined, { path: { attribute: title }, descending: false }]) {
    it(`are searched for in turns, however few they are${sort ? ', before they are sorted' : ''}`, async () => {
      // Each look at the clock finds that half a second has passed, as it might with many costly conditions.
      const { now } = performance;
      let clock = 0;
      performance.now = () => (clock += 500);
      let turns = 0;
      let over = false;
      const others = (): void => {
        turns += 1;
        if (!over) setImmediate(others);
      };
      setImmediate(others);
      try {
        const filter = compile(User, 'emails.display co "x" or userName co "user"');
        const { total } = await backend.list(call, User, { filter, offset: 0, limit: 1, ...(sort ? { sort } : {}) });
        expect(total).to.equal(COUNT);
        expect(turns).to.be.greaterThan(10);
      } finally {
        performance.now = now;
        over = true;
      }
    });
  }
});
