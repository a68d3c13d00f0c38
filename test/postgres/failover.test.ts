import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { Database } from '../../connector/postgres/database.ts';
import { migrate } from '../../connector/postgres/migrate.ts';
import { settingsFor } from '../support/postgres/fresh-database.ts';
import { needsPostgres } from '../support/postgres/installed.ts';
import { Pooler } from '../support/postgres/pooler.ts';
import { CONNECTOR, grantsOn } from '../support/postgres/roles.ts';
import { PostgresServer } from '../support/postgres/server.ts';
import { rejection } from '../support/rejection.ts';

const caller = { signal: new AbortController().signal };

describe('two servers, of which one is the primary', function failover() {
  this.timeout(90_000);
  let primary: PostgresServer;
  let standby: PostgresServer;
  let database: Database;
  before(needsPostgres);
  beforeEach(async () => {
    primary = await PostgresServer.start({ settings: { synchronous_commit: 'on' } });
    await primary.admin('CREATE DATABASE people');
    await primary.admin(grantsOn('people', ['scim']), 'people');
    standby = await primary.standby();
    // Each commit waits for it, as whoever promises that nothing is lost has it.
    await primary.admin("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
    await primary.admin('SELECT pg_reload_conf()');
  });
  afterEach(async () => {
    primary.thaw();
    await database.close();
    await primary.remove();
    await standby.remove();
  });

  const opened = async (...ports: readonly number[]): Promise<void> => {
    const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',');
    const url = `postgres://${CONNECTOR.name}@${hosts}/people?target_session_attrs=read-write`;
    database = new Database(settingsFor(0, 'people', { url }), { schema: 'scim', deadline: 20_000 });
    await database.open();
    await migrate(database, caller, 'scim', ['CREATE TABLE scim.name (number int PRIMARY KEY)']);
  };
  const portNow = async (): Promise<unknown> => (await database.rows(caller, 'SELECT inet_server_port()'))[0]?.[0];

  it('reads from the primary alone, wherever it stands in the URL', async () => {
    await opened(standby.port, primary.port);
    expect(await portNow()).to.equal(primary.port);
    const alone = new Database(settingsFor(standby.port, 'people'), { schema: 'scim', deadline: 5000 });
    const failure = await rejection(alone.open());
    expect(failure.message).to.equal(
      `PostgreSQL: 127.0.0.1:${standby.port} is a standby, which may lag behind; name the primary in url too`,
    );
    expect(failure).to.include({ fault: 'postgres-read-only', retryAfter: 5 });
    await alone.close();
  });

  it('tells of a server that was made read-only', async () => {
    await opened(primary.port);
    await primary.admin("ALTER DATABASE people SET default_transaction_read_only = 'on'");
    const other = new Database(settingsFor(primary.port, 'people'), { schema: 'scim', deadline: 5000 });
    expect(await rejection(other.open())).to.include({
      message: `PostgreSQL: 127.0.0.1:${primary.port} takes no changes: default_transaction_read_only is on there`,
      fault: 'postgres-read-only',
    });
    await other.close();
  });

  for (const way of ['kill', 'freeze'] as const)
    it(`loses nothing that was confirmed and says nothing twice after ${way} and promote, with writes all the time`, async () => {
      await opened(primary.port, standby.port);
      const confirmed: number[] = [];
      const refused: number[] = [];
      let number = 0;
      let isOver = false;
      const write = async (): Promise<void> => {
        while (!isOver) {
          number += 1;
          const mine = number;
          const [insert, params] = ['INSERT INTO scim.name VALUES ($1)', mine] as const;
          const work =
            mine % 2 === 0
              ? database.run(caller, insert, params)
              : database.transaction(caller, async (session) => void (await session.run(insert, params)));
          await work.then(
            () => confirmed.push(mine),
            (error: Error) => refused.push(mine) && expect(error).to.have.property('reason', 'unavailable'),
          );
        }
      };
      const writers = [1, 2, 3, 4].map(write);
      while (confirmed.length < 200) await pause(5);
      await primary[way]();
      await standby.promote();
      const before = confirmed.length;
      while (confirmed.length < before + 200) await pause(5);
      isOver = true;
      await Promise.all(writers);
      expect(await portNow()).to.equal(standby.port);
      const there = new Set(
        (await database.rows<[number]>(caller, 'SELECT number FROM scim.name')).map(([one]) => one),
      );
      expect(confirmed.filter((one) => !there.has(one))).to.deep.equal([]);
      // None of them may be a `unique_violation` of a change that was made before.
      expect(refused).to.have.length.below(9);
    });

  it('asks another server where the one that is silent is gone', async () => {
    await opened(primary.port, standby.port);
    await primary.freeze();
    const asked = [database.rows(caller, 'SELECT 1'), database.rows(caller, 'SELECT 2')];
    await standby.promote();
    expect(await Promise.all(asked)).to.deep.equal([[[1]], [[2]]]);
    expect(await portNow()).to.equal(standby.port);
  });

  it('is not read from where a pooler comes to lead to the standby', async () => {
    const [port, serverPort] = [primary.nextPort, primary.port];
    const pooler = await Pooler.start({ folder: join(primary.folder, 'pooler'), port, serverPort });
    await opened(port);
    await database.rows(caller, 'SELECT 1');
    pooler.leadTo(standby.port);
    const led = async (): Promise<boolean> =>
      (await standby.admin("SELECT FROM pg_stat_activity WHERE application_name = 'scim-connector'")).length > 0;
    while (!(await led())) {
      const [read, written] = await Promise.allSettled([portNow(), database.run(caller, 'DELETE FROM scim.name')]);
      if (read.status === 'fulfilled') expect(read.value).to.equal(primary.port);
      else expect(read.reason).to.include({ fault: 'postgres-read-only' });
      // It cuts connections while it turns round.
      if (written.status === 'rejected')
        expect(written.reason.fault).to.be.oneOf(['postgres-read-only', 'postgres-commit-unanswered']);
    }
    expect(await rejection(portNow())).to.include({ fault: 'postgres-read-only', retryAfter: 5 });
    pooler.leadTo(primary.port);
    while ((await portNow().catch(() => undefined)) !== primary.port) await pause(50);
    await pooler.remove();
  });

  it('gives a server that only takes long its time', async () => {
    await opened(primary.port, standby.port);
    const [row] = await database.rows(caller, 'SELECT pg_sleep(5), inet_server_port()');
    expect(row?.[1]).to.equal(primary.port);
    expect(database.standing.lost).to.equal(0);
  });
});
