import { expect } from 'chai';
import { listResources } from '../../../../connector/backend/sqlite/list-resources.ts';
import { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import { bindSimple } from '../../../../connector/scim/filter/bind.ts';
import { parsePath } from '../../../../connector/scim/path.ts';
import type { Page, Query } from '../../../../connector/scim/query.ts';
import { call, compile, nameOf } from '../../../conformance/company.ts';
import { User } from '../../../conformance/people.ts';
import { CountingConnection } from '../counting-connection.ts';
import { temporaryFile } from '../temporary-file.ts';

const COUNT = 9000;
const LIMIT = 900;

/** Counts what a scan goes through, stretch by stretch. */
class ScanningConnection extends CountingConnection {
  /** Unit: `seq`s. */
  lookedAt = 0;

  override iterate<T extends readonly unknown[]>(text: string, ...params: readonly unknown[]): IterableIterator<T> {
    if (text.includes('r.seq < ?')) this.lookedAt += Number(params.at(-1)) - Number(params.at(-2));
    return super.iterate(text, ...params);
  }
}

/** A page of the middle of a million is not stepped to, so it is told in statements and plans what it costs here. */
describe('pages of a walk through many', () => {
  let connection: ScanningConnection;
  const names = Array.from({ length: COUNT }, (_, n) => `u${String((n * 7919) % COUNT).padStart(5, '0')}`);
  before(async () => {
    const file = temporaryFile();
    const backend = new SqliteBackend({ file, passwords: 'discard' });
    await backend.open();
    const people = names.map((userName, n) => ({
      type: 'User' as const,
      attributes: { userName, title: n % 2 ? 'odd' : 'even', emails: [{ value: `${userName}@x.org` }] },
    }));
    await backend.importResources(call, people);
    await backend.close();
    connection = new ScanningConnection(file, { readonly: true });
  });
  after(() => connection.close());

  const by = (text: string, descending = false): Partial<Query> => ({
    sort: { path: bindSimple(User, parsePath(text) ?? { name: text }, 'sortBy'), descending },
  });
  const having = (text: string): Partial<Query> => ({ filter: compile(User, text) });

  async function walked(query: Partial<Query>): Promise<{ names: string[]; statements: string[][]; totals: number[] }> {
    const seen: string[] = [];
    const statements: string[][] = [];
    const totals: number[] = [];
    let after: string | undefined;
    do {
      connection.statements.length = 0;
      const cursor = after === undefined ? {} : { after };
      const page: Page = await listResources(connection, call, 'User', { ...query, offset: 0, limit: LIMIT, cursor });
      statements.push([...connection.statements]);
      seen.push(...page.resources.map(nameOf));
      totals.push(page.total);
      after = page.next;
    } while (after !== undefined);
    return { names: seen, statements, totals };
  }

  const plan = (text: string): string =>
    connection
      .rows<readonly [number, number, number, string]>(
        `EXPLAIN QUERY PLAN ${text}`,
        ...Array.from({ length: text.split('?').length - 1 }, () => 1),
      )
      .map((row) => row[3])
      .join('\n');

  const sorted = names.toSorted();
  const FLAT: readonly (readonly [string, Partial<Query>, readonly string[], RegExp])[] = [
    ['everybody', {}, names, /INDEX resource_type \(type=\? AND rowid>\?\)/],
    ['userName', by('userName'), sorted, /INDEX resource_user_name \(\(?key(,twin\)>\(\?,\?\)|>\?)/],
    [
      'userName backwards',
      by('userName', true),
      sorted.toReversed(),
      /resource_user_name \(\(?key(,twin\)<\(\?,\?\)|<\?)/,
    ],
    [
      'lastModified',
      by('meta.lastModified'),
      names,
      /resource_modified \(type=\? AND \(?modified(,rowid\)>\(\?,\?\)|>\?)/,
    ],
  ];
  for (const [title, query, expected, index] of FLAT) {
    it(`begin in an index where the last one ended, and sort nothing: ${title}`, async () => {
      const { names: seen, statements, totals } = await walked(query);
      expect(seen).to.deep.equal(expected);
      expect(totals).to.deep.equal(Array.from({ length: COUNT / LIMIT }, () => COUNT));
      const [first, second] = statements;
      for (const texts of statements.slice(2)) expect(texts).to.deep.equal(second);
      expect(second).to.have.length(first?.length ?? 0);
      expect(second?.join()).to.not.match(/OFFSET/);
      const found = second?.map(plan).join('\n') ?? '';
      expect(found)
        .to.match(index)
        .and.not.match(/TEMP B-TREE|SCAN (r|resource)\b/);
    });
  }

  const odd = names.filter((_, n) => n % 2);
  const SEARCHED: readonly (readonly [string, readonly string[]])[] = [
    ['title eq "odd"', odd],
    ['userName sw "u"', names],
    ['userName sw "u008"', names.filter((name) => name.startsWith('u008'))],
    ['emails co "@x.org"', names],
    ['emails sw "u0"', names.filter((name) => name.startsWith('u0'))],
    ['meta.lastModified gt "2020-01-01T00:00:00Z"', names],
  ];
  for (const [text, expected] of SEARCHED) {
    it(`count what a filter finds once: ${text}`, async () => {
      const { names: seen, statements, totals } = await walked(having(text));
      expect(seen).to.deep.equal(expected);
      expect(totals).to.deep.equal(totals.map(() => expected.length));
      for (const texts of statements.slice(1)) expect(texts.join()).to.not.match(/count\(\*\)/);
    });
  }

  it('look at nobody before the place, when no index finds it, nor far behind the page [U-12]', async () => {
    connection.lookedAt = 0;
    const query = { ...having('title eq "odd"'), offset: 0, limit: 10 };
    const { next } = await listResources(connection, call, 'User', { ...query, cursor: {} });
    expect(connection.lookedAt).to.be.at.least(COUNT);
    connection.lookedAt = 0;
    await listResources(connection, call, 'User', { ...query, cursor: next === undefined ? {} : { after: next } });
    expect(connection.lookedAt).to.be.at.most(256);
  });
});
