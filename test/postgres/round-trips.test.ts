import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { Database } from '../../connector/postgres/database.ts';
import { migrate } from '../../connector/postgres/migrate.ts';
import { settingsFor } from '../support/postgres/fresh-database.ts';
import { postgresDatabase } from '../support/postgres/suite.ts';
import { rejection } from '../support/rejection.ts';
import { TcpRelay } from '../support/tcp-relay.ts';

const caller = { signal: new AbortController().signal };

for (const pooled of [false, true])
  describe(`what waits for no answer${pooled ? ' behind pgbouncer' : ''}`, () => {
    const store = postgresDatabase({ pooled });
    let relay: TcpRelay;
    let database: Database;
    const opened = async (deadline: number): Promise<void> => {
      relay = await new TcpRelay(Number(new URL(store.fresh.url).port)).listen();
      database = new Database(settingsFor(relay.port, store.fresh.name), { schema: 'scim', deadline });
      await migrate(database, caller, 'scim', ['CREATE TABLE scim.name (name text)']);
      relay.sent.length = 0;
    };
    afterEach(async () => {
      relay.isMute = relay.isFrozen = false;
      await database.close();
      await relay.close();
    });

    /** Whatever `work` sends while it is given no answer at all. */
    const sentUnanswered = async (work: Promise<unknown>, last: string): Promise<string> => {
      const sent = (): string => Buffer.concat(relay.sent).toString('latin1');
      while (!sent().includes(last)) await pause(5);
      const text = sent();
      relay.isMute = false;
      relay.cut('reset');
      await work;
      return text;
    };
    const words = (text: string): readonly string[] =>
      text.match(/BEGIN|INSERT INTO scim\.\w+|COMMIT(?!TED)|SELECT 1/g) ?? [];

    it('is all of a single change', async () => {
      await opened(20_000);
      relay.isMute = true;
      const text = await sentUnanswered(
        database.run(caller, "INSERT INTO scim.name VALUES ('a')").catch(() => undefined),
        'COMMIT\0',
      );
      expect(words(text)).to.deep.equal(['BEGIN', 'INSERT INTO scim.name', 'INSERT INTO scim.settlement', 'COMMIT']);
      expect(await store.fresh.admin('SELECT * FROM scim.name')).to.have.length(1);
    });

    it('is a read, with what guards it behind a pooler', async () => {
      await opened(20_000);
      relay.isMute = true;
      const text = await sentUnanswered(
        database.rows(caller, 'SELECT 1 + $1::int', 1),
        pooled ? 'COMMIT\0' : 'SELECT 1',
      );
      expect(words(text)).to.deep.equal(pooled ? ['BEGIN', 'SELECT 1', 'COMMIT'] : ['SELECT 1']);
    });

    it('is what a transaction asks at once', async () => {
      await opened(20_000);
      relay.isMute = true;
      let rounds = 0;
      const working = database.transaction(caller, async (session) => {
        rounds += 1;
        await Promise.all(['a', 'b', 'c'].map((name) => session.run('INSERT INTO scim.name VALUES ($1)', name)));
      });
      const text = await sentUnanswered(working, 'c\0');
      expect(words(text).filter((word) => word.startsWith('INSERT'))).to.have.length(3);
      expect(rounds).to.equal(2);
      expect(await store.fresh.admin('SELECT * FROM scim.name')).to.have.length(3);
    });

    it('is waited for no longer than the deadline where the network swallows all, and not afterwards', async () => {
      await opened(500);
      relay.isFrozen = true;
      const failures = await Promise.all([
        rejection(database.rows(caller, 'SELECT 1')),
        rejection(database.transaction(caller, (session) => session.run("INSERT INTO scim.name VALUES ('a')"))),
      ]);
      for (const failure of failures) expect(failure).to.include({ reason: 'unavailable', retryAfter: 5 });
      relay.isFrozen = false;
      relay.cut('reset');
      expect(await database.rows(caller, 'SELECT count(*) FROM scim.name')).to.deep.equal([[0]]);
    });
  });
