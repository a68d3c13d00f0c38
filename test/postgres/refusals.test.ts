import { expect } from 'chai';
import { Database } from '../../connector/postgres/database.ts';
import { migrate } from '../../connector/postgres/migrate.ts';
import { postgresDatabase } from '../support/postgres/suite.ts';
import { rejection } from '../support/rejection.ts';

const caller = { signal: new AbortController().signal };
/** Says no in the way that is asked for, as the server itself would. */
const FAIL = `CREATE FUNCTION scim.fail(state text) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION 'of somebody named Jane Doe' USING ERRCODE = state; END $$`;

describe('what a server says no to', () => {
  const store = postgresDatabase();
  let database: Database;
  beforeEach(async () => {
    database = new Database(store.fresh.settings, { schema: 'scim', deadline: 10_000 });
    await migrate(database, caller, 'scim', [FAIL]);
  });
  afterEach(() => database.close());

  for (const [state, fault, text, retryAfter] of [
    ['53100', 'postgres-disk-full', 'the disk of the database server is full; free some space there', 60],
    ['53200', 'postgres-failed', 'the server failed (SQLSTATE 53200); its own log tells more', 5],
    ['XX000', 'postgres-failed', 'the server failed (SQLSTATE XX000); its own log tells more', 5],
    ['57014', 'postgres-silent', 'the server took longer than it may; try again', 5],
    ['40001', 'postgres-contended', 'others change the same all the time; try again', 1],
    ['55P03', 'postgres-contended', 'others hold what is to be changed; try again', 1],
    ['57P01', 'postgres-restarting', 'the server is going down or coming up', 5],
    ['25006', 'postgres-read-only', 'the server takes no changes; name the primary in url', 5],
  ] as const)
    it(`is told in our own words: ${state}`, async () => {
      const failures = [
        await rejection(database.rows(caller, 'SELECT scim.fail($1)', state)),
        await rejection(database.transaction(caller, (session) => session.rows('SELECT scim.fail($1)', state))),
      ];
      for (const failure of failures)
        expect(failure).to.include({ reason: 'unavailable', message: `PostgreSQL: ${text}`, fault, retryAfter });
      expect(await database.rows(caller, 'SELECT 1')).to.deep.equal([[1]]);
    });

  it('is left to whoever wrote the statement where it is about a value', async () => {
    for (const state of ['23505', '22001', '22P05'])
      expect(await rejection(database.rows(caller, 'SELECT scim.fail($1)', state))).to.include({ code: state });
  });
});
