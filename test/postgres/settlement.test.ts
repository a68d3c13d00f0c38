import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { Database } from '../../connector/postgres/database.ts';
import { migrate } from '../../connector/postgres/migrate.ts';
import { FORGET, MARK, SETTLE } from '../../connector/postgres/settlement.ts';
import { postgresDatabase } from '../support/postgres/suite.ts';
import { rejection } from '../support/rejection.ts';

const caller = { signal: new AbortController().signal };

describe('what remains of a commit', () => {
  const store = postgresDatabase();
  let database: Database;
  const settled = async (turn: number) => (await database.rows(caller, SETTLE, 'c', turn))[0]?.[0];
  beforeEach(async () => {
    database = new Database(store.fresh.settings, { schema: 'scim', deadline: 20_000 });
    await migrate(database, caller, 'scim', []);
  });
  afterEach(() => database.close());

  it('is the turn that was committed', async () => {
    await database.run(caller, MARK, 'c', 7);
    expect(await settled(7)).to.equal(7);
    expect(await settled(7)).to.equal(7);
  });

  it('ends a turn that was not committed, so that it cannot come after all', async () => {
    await database.run(caller, MARK, 'c', 6);
    expect(await settled(7)).to.equal(-1);
    expect(await rejection(database.run(caller, MARK, 'c', 7))).to.match(/null value in column "turn"/);
  });

  it('also where the connection has never written before', async () => {
    expect(await settled(1)).to.equal(-1);
    expect(await rejection(database.run(caller, MARK, 'c', 1))).to.match(/null value in column "turn"/);
  });

  for (const end of ['COMMIT', 'ROLLBACK'])
    it(`waits for a transaction that still runs until its ${end}`, async () => {
      const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const other = database.transaction(caller, async (session) => {
        await session.run(MARK, 'c', 3);
        begun.resolve();
        await ended.promise;
      });
      const outcome = other.then(
        () => 'COMMIT',
        (error: Error) => error.message,
      );
      await begun.promise;
      let isKnown = false;
      const found = settled(3).finally(() => {
        isKnown = true;
      });
      await pause(200);
      expect(isKnown).to.equal(false);
      if (end === 'COMMIT') ended.resolve();
      else ended.reject(new Error(end));
      expect(await found).to.equal(end === 'COMMIT' ? 3 : -1);
      expect(await outcome).to.equal(end);
    });

  it('is forgotten after an hour', async () => {
    await database.run(caller, MARK, 'old', 1);
    await store.fresh.admin("UPDATE scim.settlement SET at = now() - interval '61 minutes'");
    await database.run(caller, MARK, 'new', 1);
    await database.run(caller, FORGET);
    expect(
      await store.fresh.admin("SELECT connection FROM scim.settlement WHERE connection IN ('old', 'new')"),
    ).to.deep.equal([{ connection: 'new' }]);
  });
});
