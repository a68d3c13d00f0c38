import { expect } from 'chai';
import pg from 'pg';
import type { Asked } from '../../../connector/holds/ledger.ts';
import { needsPostgres } from '../../support/postgres/installed.ts';
import { ADMIN } from '../../support/postgres/roles.ts';
import { sharedServer } from '../../support/postgres/shared-server.ts';
import { call, DEFAULTS, heldApps } from '../held-app.ts';
import { PostgresPlace } from '../places.ts';

const LOCK = "SELECT pg_advisory_lock(1396918600, hashtext('hr'))";
const UNLOCK = "SELECT pg_advisory_unlock(1396918600, hashtext('hr'))";

for (const isPooled of [false, true])
  describe(`holds in PostgreSQL${isPooled ? ' behind pgbouncer' : ''}, when two connectors meet`, () => {
    before(needsPostgres);
    const suite = heldApps(() => new PostgresPlace(isPooled));
    let other: pg.Client;

    /** A session that holds an app's lock, as a connector does that counts at this moment. */
    beforeEach(async () => {
      const { port } = await sharedServer();
      other = new pg.Client({ host: '127.0.0.1', port, user: ADMIN, database: suite.apps.place.fresh.name });
      other.on('error', () => undefined);
      await other.connect();
    });
    afterEach(() => other.end());

    /** Until so many wait for it. */
    async function waiting(count: number): Promise<void> {
      for (;;) {
        const { rows } = await other.query(
          "SELECT 1 FROM pg_locks JOIN pg_database ON oid = database WHERE locktype = 'advisory' AND NOT granted AND datname = $1",
          [suite.apps.place.fresh.name],
        );
        if (rows.length === count) return;
      }
    }

    const asked = (key: string): Asked => ({
      app: 'hr',
      limits: { ...DEFAULTS, deactivations: { count: 3, percent: 0 } },
      shares: [{ kind: 'deactivations', scope: 'users', key, amount: 1 }],
      there: () => 1000,
      request: () => ({ operation: 'modify', type: 'User', id: key, name: key, shares: [], changes: [] }),
    });

    it('the last that is left is taken by one of them', async () => {
      const { place } = suite.apps;
      const [one, two] = [place.ledger(), place.ledger()];
      await one.claim(call, asked('a'));
      await two.claim(call, asked('b'));
      await other.query(LOCK);
      const claims = [one.claim(call, asked('c')), two.claim(call, asked('d'))];
      await waiting(2);
      await other.query(UNLOCK);
      const outcomes = (await Promise.all(claims)).map(({ outcome }) => outcome);
      expect(outcomes.toSorted()).to.deep.equal(['granted', 'held']);
      expect(await place.desk().holds()).to.have.length(1);
    });

    it('many at once are counted one by one, and as few connections wait as there are connectors', async () => {
      const { place } = suite.apps;
      const ledgers = [place.ledger(), place.ledger()];
      await other.query(LOCK);
      const claims = Array.from({ length: 40 }, (_, n) => ledgers[n % 2]?.claim(call, asked(`k${n}`)));
      await waiting(2);
      const [{ connections } = { connections: 0 }] = await place.fresh.admin<{ connections: number }>(
        `SELECT count(*)::int AS connections FROM pg_stat_activity WHERE datname = '${place.fresh.name}' AND wait_event = 'advisory'`,
      );
      expect(connections).to.equal(2);
      await other.query(UNLOCK);
      const answers = await Promise.all(claims);
      expect(answers.filter((answer) => answer?.outcome === 'granted')).to.have.length(3);
      const isNew = answers.filter((answer) => answer?.outcome === 'held' && answer.isNew);
      expect(isNew).to.have.length(1);
      expect((await place.desk().holds()).map(({ requests }) => requests)).to.deep.equal([37]);
    });

    it('a decision and a write that waits for it: the write sees the decision', async () => {
      const { place } = suite.apps;
      const [one, two] = [place.ledger(), place.ledger()];
      for (const key of ['a', 'b', 'c', 'd']) await one.claim(call, asked(key));
      await other.query(LOCK);
      const released = place.desk().release(1, { actor: 'ops' });
      await waiting(1);
      const claim = two.claim(call, asked('d'));
      await waiting(2);
      await other.query(UNLOCK);
      await released;
      expect((await claim).outcome).to.equal('granted');
    });

    it('two who decide the same hold: one does, and the other is told who', async () => {
      const { place } = suite.apps;
      for (const key of ['a', 'b', 'c', 'd']) await place.ledger().claim(call, asked(key));
      await other.query(LOCK);
      const both = ['anna', 'ben'].map((actor) => place.desk().release(1, { actor }));
      await waiting(2);
      await other.query(UNLOCK);
      const outcomes = await Promise.allSettled(both);
      const refused = outcomes.filter((one) => one.status === 'rejected');
      expect(refused).to.have.length(1);
      expect(String(refused[0]?.reason.message)).to.match(/^hold 1 was released by (anna|ben) at /);
    });

    it('what is given back while the other counts the same once more stays counted', async () => {
      const { place } = suite.apps;
      const [one, two] = [place.ledger(), place.ledger()];
      await one.claim(call, asked('a'));
      await other.query(LOCK);
      const again = two.claim(call, asked('a'));
      const back = one.giveBack(call, 'hr', asked('a').shares);
      await waiting(2);
      await other.query(UNLOCK);
      await Promise.all([again, back]);
      expect(await one.counted(call, 'hr', { kind: 'deactivations', scope: 'users' }, 1e9)).to.equal(1);
      await two.giveBack(call, 'hr', asked('a').shares);
      expect(await one.counted(call, 'hr', { kind: 'deactivations', scope: 'users' }, 1e9)).to.equal(0);
    });
  });
