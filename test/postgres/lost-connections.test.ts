import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { Database } from '../../connector/postgres/database.ts';
import { migrate } from '../../connector/postgres/migrate.ts';
import type { ScimError } from '../../connector/scim/error.ts';
import { settingsFor } from '../support/postgres/fresh-database.ts';
import { grantsOn } from '../support/postgres/roles.ts';
import { postgresServer } from '../support/postgres/suite.ts';
import { rejection } from '../support/rejection.ts';
import { TcpRelay } from '../support/tcp-relay.ts';

const caller = { signal: new AbortController().signal };
const INSERT = 'INSERT INTO scim.name VALUES ($1)';
/** The work of its trigger is done when it is committed. */
const SLOW_COMMIT = `
  CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1.5); RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON scim.name INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION slowly()`;
const COUNT = 'SELECT count(*) FROM scim.name';

describe('connections that are lost', function lost() {
  this.timeout(60_000);
  const suite = postgresServer();
  let relay: TcpRelay;
  let database: Database;
  let number = 0;
  const count = async (): Promise<unknown> => (await suite.server.admin(COUNT, `db${number}`))[0]?.['count'];

  beforeEach(async () => {
    number += 1;
    await suite.server.admin(`CREATE DATABASE db${number}`);
    await suite.server.admin(grantsOn(`db${number}`, ['scim']), `db${number}`);
    relay = await new TcpRelay(suite.server.port).listen();
    database = new Database(settingsFor(relay.port, `db${number}`), { schema: 'scim', deadline: 20_000 });
    await database.open();
    await migrate(database, caller, 'scim', ['CREATE TABLE scim.name (name text)']);
  });
  afterEach(async () => {
    relay.isFrozen = relay.isMute = false;
    await database.close();
    await relay.close();
  });

  const atOnce = (many: number) =>
    Promise.all(Array.from({ length: many }, () => database.rows(caller, 'SELECT pg_sleep(0.2)')));

  it('are nobody’s trouble after a restart', async () => {
    await atOnce(8);
    expect(database.standing).to.include({ size: 8, opened: 8 });
    await suite.server.restart();
    await atOnce(8);
    await database.run(caller, INSERT, 'a');
    expect(database.standing).to.include({ size: 8, opened: 16, lost: 8 });
  });

  it('are nobody’s trouble where nothing told that they are dead', async () => {
    await atOnce(3);
    // As after a firewall has forgotten them: what is sent is answered with a reset.
    relay.isFrozen = true;
    const asked = [database.rows(caller, 'SELECT 1'), database.run(caller, INSERT, 'a')];
    await pause(50);
    relay.isFrozen = false;
    relay.cut('reset');
    expect(await Promise.all(asked)).to.deep.equal([[[1]], 1]);
    expect(await count()).to.equal('1');
  });

  it('are nobody’s trouble however many a firewall has forgotten', async () => {
    await atOnce(8);
    relay.forget();
    expect(await database.rows(caller, 'SELECT 1')).to.deep.equal([[1]]);
    expect(database.standing).to.include({ size: 1, opened: 9, lost: 8 });
  });

  it('lose no read when the server is killed', async () => {
    const asked = database.rows(caller, 'SELECT pg_sleep(1), 5');
    await pause(100);
    await suite.server.kill();
    await pause(100);
    await suite.server.start();
    expect((await asked)[0]?.[1]).to.equal(5);
  });

  it('begin a transaction anew', async () => {
    let rounds = 0;
    const result = await database.transaction(caller, async (session) => {
      rounds += 1;
      await session.run(INSERT, 'a');
      if (rounds === 1) relay.cut('reset');
      await session.run(INSERT, 'b');
      return rounds;
    });
    expect(result).to.equal(2);
    expect(await count()).to.equal('2');
  });

  /** Resolves when the transaction is done, with the number of its rounds, after `meet` has met its first commit. */
  const commitWhile = (meet: () => Promise<void>): Promise<number> => {
    let rounds = 0;
    return database.transaction(caller, async (session) => {
      rounds += 1;
      await session.run(INSERT, 'a');
      if (rounds === 1) void meet();
      return rounds;
    });
  };

  it('leave no doubt where a commit arrived and its answer was lost', async () => {
    const rounds = await commitWhile(async () => {
      relay.isMute = true;
      while ((await count()) !== '1') await pause(10);
      relay.isMute = false;
      relay.cut('reset');
    });
    expect(rounds).to.equal(1);
    expect(await count()).to.equal('1');
    expect(database.standing).to.include({ settled: 1, again: 0 });
  });

  it('leave no doubt where a commit did not arrive', async () => {
    const rounds = await commitWhile(async () => {
      relay.isFrozen = true;
      await pause(100);
      relay.isFrozen = false;
      relay.cut('reset');
    });
    expect(rounds).to.equal(2);
    expect(await count()).to.equal('1');
    expect(database.standing).to.include({ settled: 0, again: 1 });
  });

  it('wait for a commit that is still on its way', async () => {
    await suite.server.admin(SLOW_COMMIT, `db${number}`);
    const rounds = await commitWhile(async () => {
      await pause(300);
      relay.cut('reset');
    });
    expect(rounds).to.equal(1);
    expect(await count()).to.equal('1');
    expect(database.standing).to.include({ settled: 1, again: 0 });
  });

  it('say so where nobody can tell', async () => {
    const failure = (await rejection(
      commitWhile(async () => {
        relay.isMute = true;
        while ((await count()) !== '1') await pause(10);
        await relay.close();
      }),
    )) as ScimError;
    expect(failure.message).to.equal(
      'PostgreSQL: the connection to the database was lost while a change was committed; it may have been made all the same',
    );
    expect(failure).to.include({ reason: 'unavailable', fault: 'postgres-commit-unanswered', retryAfter: 5 });
    relay = await new TcpRelay(suite.server.port).listen();
  });

  it('are told after some seconds where nobody listens any more, and only as long', async () => {
    await suite.server.stop();
    const failures = await Promise.all(Array.from({ length: 12 }, () => rejection(database.rows(caller, 'SELECT 1'))));
    for (const failure of failures)
      expect(failure).to.include({ reason: 'unavailable', fault: 'postgres-unreachable' });
    await suite.server.start();
    expect(await database.rows(caller, 'SELECT 1')).to.deep.equal([[1]]);
  });
});
