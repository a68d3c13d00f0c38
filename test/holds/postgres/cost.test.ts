import { expect } from 'chai';
import { Gates } from '../../../connector/holds/gates.ts';
import { LedgerTables } from '../../../connector/holds/postgres/ledger-tables.ts';
import { Database, type Session } from '../../../connector/postgres/database.ts';
import { guardedService } from '../../../connector/service/assemble-service.ts';
import { defaultPolicy } from '../../../connector/service/policy.ts';
import { needsPostgres } from '../../support/postgres/installed.ts';
import { call, DEFAULTS, deactivate, draft, heldApps, outcomeOf, patch, User } from '../held-app.ts';
import { PostgresPlace } from '../places.ts';

/** Keeps the first words of all that it is asked. */
class HeardDatabase extends Database {
  heard: string[] = [];

  override rows<T extends readonly unknown[]>(...asked: Parameters<Database['rows']>): Promise<T[]> {
    this.#hear(asked[1]);
    return super.rows<T>(...asked);
  }

  override run(...asked: Parameters<Database['run']>): Promise<number> {
    this.#hear(asked[1]);
    return super.run(...asked);
  }

  override transaction<T>(...[caller, work]: readonly [typeof call, (session: Session) => Promise<T>]): Promise<T> {
    this.heard.push('transaction');
    return super.transaction(caller, (session) =>
      work({
        rows: (text, ...params) => {
          this.#hear(text);
          return session.rows(text, ...params);
        },
        run: (text, ...params) => {
          this.#hear(text);
          return session.run(text, ...params);
        },
      }),
    );
  }

  #hear(text: string): void {
    const [, word = ''] =
      /(pg_advisory_xact_lock|INSERT INTO scim\.\w+|FROM scim\.hold_app|LEFT JOIN scim\.hold)\b/.exec(text) ?? [];
    this.heard.push(word);
  }
}

const STANDING = 'FROM scim.hold_app';
const CLAIM = ['transaction', 'pg_advisory_xact_lock', 'LEFT JOIN scim.hold', 'INSERT INTO scim.hold_event'];

describe('what a change costs where holds are in PostgreSQL', () => {
  before(needsPostgres);
  const suite = heldApps(() => new PostgresPlace());

  function serve() {
    const { place, backend, gates: all } = suite.apps;
    const database = new HeardDatabase(place.fresh.settings, { schema: place.schema, deadline: 10_000 });
    place.databases.push(database);
    const gates = new Gates({ ledger: new LedgerTables(database) });
    all.push(gates);
    const limits = { ...DEFAULTS, deactivations: { count: 2, percent: 0 } };
    return { service: guardedService(backend, defaultPolicy, gates.of('hr', limits)), database };
  }

  it('one statement, and a transaction of three where it counts', async () => {
    const ids = await suite.apps.people(40);
    const { service, database } = serve();
    const cost = async (write: () => Promise<unknown>): Promise<readonly string[]> => {
      database.heard = [];
      await outcomeOf(write());
      return database.heard;
    };
    expect(await cost(() => service.get(call, User, ids[0] ?? ''))).to.deep.equal([]);
    expect(await cost(() => service.create(call, User, draft({ userName: 'new' })))).to.deep.equal([STANDING]);
    expect(await cost(() => service.patch(call, User, ids[0] ?? '', patch({ title: 'new' })))).to.deep.equal([
      STANDING,
    ]);
    expect(await cost(() => deactivate(service, ids[0] ?? ''))).to.deep.equal([STANDING, ...CLAIM]);
    await deactivate(service, ids[1] ?? '');
    await outcomeOf(deactivate(service, ids[2] ?? ''));
    expect(await cost(() => deactivate(service, ids[3] ?? ''))).to.deep.equal([STANDING, 'INSERT INTO scim.held']);
  });

  it('one statement for all who ask how an app stands while one is asked', async () => {
    const { service, database } = serve();
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => service.create({ ...call }, User, draft({ userName: `p${n}` }))),
    );
    expect(database.heard).to.deep.equal([STANDING]);
  });
});
