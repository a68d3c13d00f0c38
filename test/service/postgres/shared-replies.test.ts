import { expect } from 'chai';
import type { Call } from '../../../connector/backend/backend.ts';
import { BriefDatabase } from '../../../connector/postgres/brief-database.ts';
import { SharedReplies } from '../../../connector/service/postgres/shared-replies.ts';
import { PostgresPlace } from '../../holds/places.ts';
import { needsPostgres } from '../../support/postgres/installed.ts';

const HOUR = 3_600_000;
const call: Call = { requestId: 'test', actor: 'okta', signal: new AbortController().signal };
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

/** Counts what is asked of the database. */
class CountedDatabase extends BriefDatabase {
  statements = 0;

  override run(...asked: Parameters<BriefDatabase['run']>): Promise<number> {
    this.statements += 1;
    return super.run(...asked);
  }
}

describe('first replies that connectors share', () => {
  before(needsPostgres);
  const place = new PostgresPlace();
  let databases: CountedDatabase[];
  let one: SharedReplies;
  let two: SharedReplies;

  beforeEach(async () => {
    await place.open();
    databases = [0, 1].map(() => new CountedDatabase(place.database(), 1000));
    [one, two] = databases.map((database) => new SharedReplies(database, 'hr')) as [SharedReplies, SharedReplies];
  });
  afterEach(() => place.close());

  it('have arrived for both once a client has used the id at either, and not before', async () => {
    for (const id of ['a', 'b', 'c']) await one.expect(call, id);
    await two.arrive(call, 'a', ago(0));
    await one.arrive(call, 'b', ago(0));
    for (const replies of [one, two]) {
      const arrived = await Promise.all(['a', 'b', 'c', 'd'].map((id) => replies.arrived(call, id)));
      expect(arrived).to.deep.equal([true, true, false, false]);
    }
  });

  it('are not waited for of what neither has made, nor of what another app has', async () => {
    await two.arrive(call, 'elsewhere', ago(0));
    expect(await one.arrived(call, 'elsewhere')).to.equal(false);
    await one.expect(call, 'a');
    await one.arrive(call, 'a', ago(0));
    const other = new SharedReplies(databases[0] as CountedDatabase, 'it');
    expect(await other.arrived(call, 'a')).to.equal(false);
  });

  it('cost a statement when something is made, one when it is used first, and none for what is old', async () => {
    await one.expect(call, 'a');
    for (let n = 0; n < 5; n += 1) await one.arrive(call, 'a', ago(0));
    for (let n = 0; n < 5; n += 1) await one.arrive(call, 'old', ago(50 * HOUR));
    for (let n = 0; n < 5; n += 1) await two.arrive(call, 'by somebody else', ago(HOUR));
    expect(databases.map(({ statements }) => statements)).to.deep.equal([2, 1]);
  });

  it('cost a statement for all that are made while one is under way', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, n) => one.expect(call, `id${n}`)));
    expect(databases[0]?.statements).to.equal(1);
    await Promise.all(Array.from({ length: 50 }, (_, n) => two.arrive(call, `id${n}`)));
    expect(await one.arrived(call, 'id49')).to.equal(true);
  });

  it('are forgotten when they are too many or too old', async () => {
    await place.fresh.admin(`INSERT INTO scim_state.first_reply (app, id, made)
      SELECT 'hr', 'id' || n, scim_state.now_ms() - ${HOUR} + n FROM generate_series(1, 20000) n`);
    await place.fresh.admin(`INSERT INTO scim_state.first_reply (app, id, made)
      SELECT 'it', 'id' || n, scim_state.now_ms() - ${49 * HOUR} FROM generate_series(1, 10) n`);
    const other = new SharedReplies(databases[1] as CountedDatabase, 'it');
    for (let n = 0; n < 1000; n += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, k) => [
          one.expect(call, `new${n + k}`),
          other.expect(call, `new${n + k}`),
        ]).flat(),
      );
    for (;;) {
      const rows = await place.fresh.admin<{ app: string; count: number }>(
        'SELECT app, count(*)::int AS count FROM scim_state.first_reply GROUP BY app ORDER BY app',
      );
      if ((rows[0]?.count ?? 0) > 10_050 || (rows[1]?.count ?? 0) > 1000) continue;
      expect(rows.map(({ app }) => app)).to.deep.equal(['hr', 'it']);
      expect(rows[0]?.count).to.be.within(9950, 10_050);
      break;
    }
  });

  it('are what each knows itself while the database is away, and nobody is refused for it', async () => {
    await one.expect(call, 'a');
    for (const database of place.databases) await database.close();
    await one.expect(call, 'b');
    await one.arrive(call, 'a', ago(0));
    await one.arrive(call, 'b', ago(0));
    await two.arrive(call, 'a', ago(0));
    expect([await one.arrived(call, 'a'), await one.arrived(call, 'b')]).to.deep.equal([true, true]);
    expect([await two.arrived(call, 'a'), await one.arrived(call, 'c')]).to.deep.equal([false, false]);
  });
});
