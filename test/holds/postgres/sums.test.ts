import { expect } from 'chai';
import type { Asked } from '../../../connector/holds/ledger.ts';
import { sumSince } from '../../../connector/holds/postgres/sums.ts';
import { Random } from '../../../connector/simulator/random.ts';
import { needsPostgres } from '../../support/postgres/installed.ts';
import { call, DEFAULTS, heldApps } from '../held-app.ts';
import { PostgresPlace } from '../places.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('what was counted in PostgreSQL, summed up by minutes', () => {
  before(needsPostgres);
  const suite = heldApps(() => new PostgresPlace());

  const asked = (key: string, amount = 1, limit = 1e6): Asked => ({
    app: 'hr',
    limits: { ...DEFAULTS, window: DAY, removals: { count: limit, percent: 0 } },
    shares: [{ kind: 'removals', scope: 'group', key, amount }],
    there: () => 1e6,
    request: () => ({ operation: 'modify', type: 'Group', id: 'group', name: 'G', shares: [], changes: [] }),
  });

  it('is what the events say, whatever becomes of them', async () => {
    const { place } = suite.apps;
    const ledger = place.ledger();
    const random = new Random(14);
    const differing = `SELECT slot FROM (SELECT slot, sum(amount) AS amount FROM scim_state.hold_event WHERE kind <> 'size' GROUP BY slot) e
      FULL JOIN scim_state.hold_sum s USING (slot) WHERE coalesce(e.amount, 0) <> coalesce(s.amount, 0)`;
    for (let step = 0; step < 150; step += 1) {
      const one = asked(`k${random.below(30)}`, 1 + random.below(3));
      if (random.happens(0.6)) await ledger.claim(call, one);
      else if (random.happens(0.5)) await ledger.giveBack(call, 'hr', one.shares);
      else await place.pass(random.below(2 * HOUR));
      if (step === 100) await place.pass(40 * DAY);
      if (step % 50 === 49) await ledger.prune(call);
    }
    expect(await place.fresh.admin(differing)).to.deep.equal([]);
    await ledger.claim(call, asked('last', 1, 0));
    await place.desk().release(1, { actor: 'ops' });
    expect(await place.fresh.admin(differing)).to.deep.equal([]);
    expect(await ledger.counted(call, 'hr', { kind: 'removals', scope: 'group' }, DAY)).to.equal(0);
  });

  it('is exact to the moment at which the window begins', async () => {
    const { place } = suite.apps;
    const ledger = place.ledger();
    const counted = () => ledger.counted(call, 'hr', { kind: 'removals', scope: 'group' }, DAY);
    // One a second, over two minutes.
    for (let second = 0; second < 120; second += 1) await ledger.claim(call, asked(`s${second}`));
    await place.fresh.admin(`UPDATE scim_state.hold_event SET at = scim_state.now_ms() - ${DAY - 30 * 60_000}
      + 1000 * substr(key, 2)::int WHERE kind = 'removals'`);
    expect(await counted()).to.equal(120);
    await place.pass(30 * 60_000 + 30_500);
    expect(await counted()).to.be.within(80, 90);
    await place.pass(60_000);
    expect(await counted()).to.be.within(20, 30);
    await place.pass(30_000);
    expect(await counted()).to.equal(0);
  });

  it('is read in a few looks, however much was counted within a day', async () => {
    const { place } = suite.apps;
    await place.fresh.admin(`INSERT INTO scim_state.hold_event (app, kind, scope, key, amount, claims, at)
      SELECT 'hr', 'overwrites', 'users', 'x' || n, 1, 1, scim_state.now_ms() - n * 2000 FROM generate_series(1, 40000) n`);
    const same = "it.app = 'hr' AND it.kind = 'overwrites' AND it.scope = 'users'";
    const [[plan = ''] = []] = await place
      .database()
      .rows<readonly [string]>(
        call,
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT ${sumSince(String(Date.now() - DAY), same)}`,
      );
    const [{ Plan }] = JSON.parse(plan) as [{ Plan: Record<string, number> }];
    expect(Plan['Shared Hit Blocks']).to.be.below(100);
    expect(await place.ledger().counted(call, 'hr', { kind: 'overwrites', scope: 'users' }, DAY)).to.equal(40_000);
  });
});
