import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { Database } from '../../connector/postgres/database.ts';
import { migrate } from '../../connector/postgres/migrate.ts';
import { ScimError } from '../../connector/scim/error.ts';
import { postgresDatabase } from '../support/postgres/suite.ts';
import { rejection } from '../support/rejection.ts';

const caller = { signal: new AbortController().signal };

for (const pooled of [false, true]) {
  describe(`deadlines of statements${pooled ? ' behind pgbouncer' : ''}`, () => {
    const store = postgresDatabase({ pooled });
    let database: Database;
    const opened = async (deadline: number, pool_size = 2): Promise<void> => {
      database = new Database({ ...store.fresh.settings, pool_size }, { schema: 'scim', deadline });
      await database.open();
      await migrate(database, caller, 'scim', ['CREATE TABLE scim.name (name text)']);
    };
    afterEach(() => database.close());

    /** Until the server does nothing any more for anybody but who asks. */
    const quiet = async (): Promise<void> => {
      const busy =
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'";
      while ((await store.fresh.admin(busy)).length > 0) await pause(20);
    };

    it('end what takes too long, on the server too, and the connection is used again', async () => {
      await opened(300);
      const failure = await rejection(database.rows(caller, 'SELECT pg_sleep(60)'));
      expect(failure.message).to.equal('PostgreSQL: the database server did not answer within 0.3 s; see its own log');
      expect(failure).to.include({ reason: 'unavailable', fault: 'postgres-silent', retryAfter: 5 });
      await quiet();
      while (database.standing.idle < 1) await pause(10);
      expect(await database.rows(caller, 'SELECT 2')).to.deep.equal([[2]]);
      expect(database.standing).to.include({ opened: 1, lost: 0 });
    });

    it('are for each statement, not for all of a transaction', async () => {
      await opened(1000);
      const done = await database.transaction(caller, async (session) => {
        for (let step = 0; step < 4; step += 1) await session.rows('SELECT pg_sleep(0.4)');
        return 'done';
      });
      expect(done).to.equal('done');
    });

    it('end with the caller, who is told his own reason', async () => {
      await opened(20_000);
      const late = new ScimError('unavailable', 'too slow', { fault: 'too-slow' });
      for (const work of [
        (signal: AbortSignal) => database.rows({ signal }, 'SELECT pg_sleep(60)'),
        (signal: AbortSignal) => database.run({ signal }, "INSERT INTO scim.name SELECT pg_sleep(60)::text || 'x'"),
        (signal: AbortSignal) =>
          database.transaction({ signal }, async (session) => {
            await session.run("INSERT INTO scim.name VALUES ('y')");
            await session.run("INSERT INTO scim.name SELECT pg_sleep(60)::text || 'x'");
          }),
      ]) {
        const leaving = new AbortController();
        const failed = rejection(work(leaving.signal));
        await pause(150);
        leaving.abort(late);
        expect(await failed).to.equal(late);
        await quiet();
      }
      expect(await database.rows(caller, 'SELECT count(*) FROM scim.name')).to.deep.equal([[0]]);
      expect(database.standing.lost).to.equal(0);
    });

    it('leave no statement of a transaction that has ended to somebody else', async () => {
      await opened(20_000);
      const leaving = new AbortController();
      const later = Promise.withResolvers<Promise<unknown>>();
      const failed = rejection(
        database.transaction(leaving, async (session) => {
          await session.rows('SELECT 1');
          leaving.abort();
          await pause(50);
          later.resolve(rejection(session.run("INSERT INTO scim.name VALUES ('late')")));
        }),
      );
      expect(await failed).to.include({ fault: 'postgres-silent' });
      expect(await await later.promise).to.have.property('message', 'the transaction is over');
      await quiet();
      expect(await database.rows(caller, 'SELECT count(*) FROM scim.name')).to.deep.equal([[0]]);
    });

    it('are not shared by who waits for a connection: first come, first served', async () => {
      await opened(20_000, 1);
      const order: number[] = [];
      const ask = (number: number) => database.rows(caller, 'SELECT pg_sleep(0.03)').then(() => order.push(number));
      await Promise.all([1, 2, 3, 4, 5, 6].map(ask));
      expect(order).to.deep.equal([1, 2, 3, 4, 5, 6]);
      expect(database.standing).to.include({ size: 1, opened: 1, waiting: 0 });
    });

    it('hold for a connection that does not become free, and whoever leaves is not in the way', async () => {
      await opened(500);
      const release = Promise.withResolvers<void>();
      const held = [1, 2].map(() => database.transaction(caller, () => release.promise));
      await pause(100);
      const leaving = new AbortController();
      const left = rejection(database.rows(leaving, 'SELECT 1'));
      const failed = rejection(database.rows(caller, 'SELECT 1'));
      expect(database.standing.waiting).to.equal(2);
      leaving.abort(new ScimError('unavailable', 'gone', { fault: 'client-gone' }));
      expect(await left).to.include({ fault: 'client-gone' });
      expect(await failed).to.include({ fault: 'postgres-pool-busy', retryAfter: 2 });
      expect(database.standing.waiting).to.equal(0);
      release.resolve();
      await Promise.all(held);
    });
  });
}
