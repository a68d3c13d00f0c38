import { expect } from 'chai';
import { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import { bindSimple } from '../../../../connector/scim/filter/bind.ts';
import { SCIM20 } from '../../../../connector/scim/filter/grammar.ts';
import { call, compile } from '../../../conformance/company.ts';
import { User } from '../../../conformance/people.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { temporaryFile } from '../temporary-file.ts';

describe('a SQLite backend of many', () => {
  const COUNT = 9000;
  let backend: SqliteBackend;
  before(async () => {
    backend = new SqliteBackend({ file: temporaryFile(), passwords: 'discard' });
    await backend.open();
    const people = Array.from({ length: COUNT }, (_, i) => ({
      type: 'User' as const,
      attributes: {
        userName: `u${String(i).padStart(5, '0')}`,
        title: i % 2 ? 'odd' : 'even',
        ...(i % 100 ? {} : { emails: [{ value: `u${i}@x.org` }] }),
      },
    }));
    await backend.importResources(call, people);
  });
  after(() => backend.close());

  const at = async (offset: number, query = {}): Promise<unknown> =>
    (await backend.list(call, User, { ...query, offset, limit: 1 })).resources[0]?.attributes['userName'];

  it('finds the same page wherever it begins, across deleted people', async () => {
    const { resources } = await backend.list(call, User, { offset: 4000, limit: 200 });
    for (const { id } of resources) await backend.delete(call, User, id);
    const { total, resources: all } = await backend.list(call, User, { offset: 0, limit: COUNT });
    expect(total).to.equal(COUNT - 200);
    for (const offset of [0, 3999, 4000, 4094, 4095, 4096, 4097, 8191, 8192, total - 1]) {
      expect(await at(offset), `offset ${offset}`).to.equal(all[offset]?.attributes['userName']);
    }
    expect(await at(total)).to.equal(undefined);
  });

  it('filters and sorts over all of them', async () => {
    const filter = compile(User, 'title eq "ODD"');
    const page = await backend.list(call, User, { filter, offset: 4300, limit: 2 });
    expect(page.total).to.equal((COUNT - 200) / 2);
    expect(await at(4300, { filter })).to.equal(page.resources[0]?.attributes['userName']);
    const sort = { path: bindSimple(User, { name: 'title' }, 'sortBy'), descending: true };
    expect(await at(0, { sort })).to.equal('u00001');
  });

  // What would be looked for beforehand, for all of them at once, keeps nobody waiting either.
  for (const text of [
    `title co "${'x'.repeat(10)}"`,
    'emails ne "x"',
    'not (emails co "x")',
    'groups ne "x"',
    'not (groups.display co "x")',
    'not (emails[type eq "work" and value eq "x"])',
    'title co "xx" or emails co "x"',
    'not (title pr) or groups.display co "x"',
    // An index finds all of them, and the others have to wait for each.
    'userName ge "" and title eq "x"',
    'emails co "@" and (title eq "x" or title eq "y")',
    `${Array.from({ length: 9 }, (_, n) => `userName ge "u${n}"`).join(' or ')}`,
  ]) {
    it(`stops a search whose caller has left: ${text}`, async () => {
      const filter = compile(User, text, SCIM20);
      const left = { ...call, signal: AbortSignal.abort() };
      // Every turn is too long, as it would be among millions.
      const { now } = performance;
      let clock = 0;
      performance.now = () => (clock += 1000);
      try {
        await refusal(backend.list(left, User, { filter, offset: 0, limit: 1 }), 'unavailable');
      } finally {
        performance.now = now;
      }
    });
  }
});
