import { expect } from 'chai';
import { Database } from '../../connector/postgres/database.ts';
import { migrate } from '../../connector/postgres/migrate.ts';
import { brokenConstraint } from '../../connector/postgres/postgres-errors.ts';
import { postgresDatabase } from '../support/postgres/suite.ts';
import { rejection } from '../support/rejection.ts';

const caller = { signal: new AbortController().signal };
const NAMES = ['CREATE TABLE scim.name (name text PRIMARY KEY, number int)'];

for (const pooled of [false, true]) {
  describe(`a database${pooled ? ' behind pgbouncer in transaction mode' : ''}`, () => {
    const store = postgresDatabase({ pooled });
    let database: Database;
    beforeEach(async () => {
      database = new Database(store.fresh.settings, { schema: 'scim', deadline: 10_000 });
      await database.open();
      await migrate(database, caller, 'scim', NAMES);
    });
    afterEach(() => database.close());

    it('is that of the role and of nobody else', async () => {
      const [row] = await database.rows(caller, 'SELECT current_user::text, current_database()::text');
      expect(row).to.deep.equal(['scim_connector', store.fresh.name]);
    });

    it('answers with rows as arrays, large numbers as numbers and JSON as text', async () => {
      const text = `SELECT $1::bigint, '{"a":1}'::jsonb, null, true`;
      expect(await database.rows(caller, text, 9_007_199_254_740_991)).to.deep.equal([
        [9_007_199_254_740_991, '{"a": 1}', null, true],
      ]);
    });

    it('has no statement compiled before it runs, alone or within a transaction', async () => {
      const text = `SELECT current_setting('jit')`;
      expect(await database.rows(caller, text)).to.deep.equal([['off']]);
      expect(await database.transaction(caller, (session) => session.rows(text))).to.deep.equal([['off']]);
    });

    it('changes what one statement changes, and says how much', async () => {
      const insert = 'INSERT INTO scim.name SELECT $1 || n, n FROM generate_series(1, 3) n';
      expect(await database.run(caller, insert, 'a')).to.equal(3);
      const back = await database.rows(caller, 'DELETE FROM scim.name WHERE number > 1 RETURNING name');
      expect(back).to.have.deep.members([['a2'], ['a3']]);
      expect(await database.rows(caller, 'SELECT name FROM scim.name')).to.deep.equal([['a1']]);
    });

    it('does a transaction whole', async () => {
      const result = await database.transaction(caller, async (session) => {
        void session.run("INSERT INTO scim.name VALUES ('a', 1)");
        void session.run("INSERT INTO scim.name VALUES ('b', 2)");
        return session.rows('SELECT count(*) FROM scim.name');
      });
      expect(result).to.deep.equal([[2]]);
      expect(await database.rows(caller, 'SELECT count(*) FROM scim.name')).to.deep.equal([[2]]);
    });

    it('does nothing of a transaction in which something failed, whoever has overlooked it', async () => {
      const failures = [
        await rejection(
          database.transaction(caller, async (session) => {
            await session.run("INSERT INTO scim.name VALUES ('a', 1)");
            throw new Error('no');
          }),
        ),
        await rejection(
          database.transaction(caller, async (session) => {
            await session.run("INSERT INTO scim.name VALUES ('a', 1)");
            await session.run("INSERT INTO scim.name VALUES ('a', 2)").catch(() => undefined);
          }),
        ),
        await rejection(database.run(caller, "INSERT INTO scim.name VALUES ('a', 1), ('a', 2)")),
      ];
      expect(failures[0]).to.have.property('message', 'no');
      for (const failure of failures.slice(1)) expect(brokenConstraint(failure)).to.equal('name_pkey');
      expect(await database.rows(caller, 'SELECT count(*) FROM scim.name')).to.deep.equal([[0]]);
      expect(database.standing).to.include({ size: 1, idle: 1, waiting: 0 });
    });

    it('begins a transaction anew where another was in the way', async () => {
      await database.run(caller, "INSERT INTO scim.name VALUES ('a', 0), ('b', 0)");
      const both = Promise.withResolvers<void>();
      let first = 0;
      const increase = 'UPDATE scim.name SET number = number + 1 WHERE name = $1';
      const inOrder = (...names: readonly [string, string]) =>
        database.transaction(caller, async (session) => {
          await session.run(increase, names[0]);
          first += 1;
          if (first === 2) both.resolve();
          await both.promise;
          await session.run(increase, names[1]);
        });
      await Promise.all([inOrder('a', 'b'), inOrder('b', 'a')]);
      expect(database.standing.again).to.be.above(0);
      expect(first).to.equal(2 + database.standing.again);
      expect(await database.rows(caller, 'SELECT DISTINCT number FROM scim.name')).to.deep.equal([[2]]);
    });

    it('leaves nothing behind on a connection, not even by its own texts', async () => {
      await Promise.all(Array.from({ length: 20 }, () => database.rows(caller, 'SELECT $1::text', 'x')));
      await database.transaction(caller, (session) => session.rows('SELECT 1'));
      const [row] = await database.rows(
        caller,
        "SELECT (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'), current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout')",
      );
      expect(row).to.deep.equal([0, 0, '1min', '1min']);
    });

    it('calls its tables by the schema that it was given', async () => {
      await store.fresh.admin('CREATE SCHEMA "odd $& schema" AUTHORIZATION scim_connector');
      const odd = new Database(store.fresh.settings, { schema: 'odd $& schema', deadline: 10_000 });
      await migrate(odd, caller, 'odd $& schema', NAMES);
      await odd.run(caller, "INSERT INTO scim.name VALUES ('there', 1)");
      expect(await odd.rows(caller, 'SELECT name FROM scim.name')).to.deep.equal([['there']]);
      expect(await database.rows(caller, 'SELECT name FROM scim.name')).to.deep.equal([]);
      await odd.close();
      expect(await store.fresh.admin('SELECT turn FROM "odd $& schema".settlement')).to.deep.equal([{ turn: '1' }]);
    });
  });
}
