import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { Gates } from '../../../connector/holds/gates.ts';
import type { Asked } from '../../../connector/holds/ledger.ts';
import { LedgerTables } from '../../../connector/holds/postgres/ledger-tables.ts';
import { ScimError } from '../../../connector/scim/error.ts';
import { twoNodes } from '../../support/postgres/two-nodes.ts';
import { call, DEFAULTS } from '../held-app.ts';

const asked = (key: string): Asked => ({
  app: 'hr',
  limits: DEFAULTS,
  shares: [{ kind: 'deactivations', scope: 'users', key, amount: 1 }],
  there: () => 1000,
  request: () => ({ operation: 'modify', type: 'User', id: key, name: key, shares: [], changes: [] }),
});

/** Until it is done again. */
async function back(work: () => Promise<unknown>): Promise<void> {
  while (
    !(await work().then(
      () => true,
      () => false,
    ))
  )
    await pause(20);
}

/** @returns what it fails with */
const failure = (work: Promise<unknown>): Promise<ScimError> =>
  work.then(
    (result) => {
      throw new Error(`done: ${JSON.stringify(result)}`);
    },
    (error: unknown) => {
      expect(error).to.be.instanceOf(ScimError);
      return error as ScimError;
    },
  );

describe('holds while their database', () => {
  const nodes = twoNodes();

  it('is frozen: one waits for it, and the others do not wait for each other', async () => {
    const { a } = nodes;
    const ledger = new LedgerTables(a.database);
    await ledger.claim(call, asked('before'));
    let asks = 0;
    const { transaction } = a.database;
    a.database.transaction = (caller, work) => {
      asks += 1;
      return transaction.call(a.database, caller, work) as never;
    };
    a.relay.isFrozen = true;
    const failures = await Promise.all(
      Array.from({ length: 30 }, (_, n) => failure(ledger.claim({ ...call }, asked(`k${n}`)))),
    );
    expect(asks).to.equal(1);
    a.relay.isFrozen = false;
    await back(() => ledger.claim(call, asked('after')));
    for (const { reason, fault, retryAfter, message } of failures) {
      expect([reason, fault, retryAfter]).to.deep.equal(['unavailable', 'holds-not-counted', 120]);
      expect(message).to.match(/^this change must be counted first, in the database of state = "postgres": /);
      expect(message.length).to.be.below(200);
    }
  });

  it('is away: an app stands as it stood, and one that was never asked for takes no change', async () => {
    const { a, b } = nodes;
    const gates = [a, b].map(({ database }) => new Gates({ ledger: new LedgerTables(database) }).of('hr', DEFAULTS));
    const [known, unknown] = gates as [(typeof gates)[0], (typeof gates)[0]];
    expect(await known.isReadOnly({ ...call })).to.equal(false);
    await Promise.all([a, b].map(({ relay }) => relay.close()));
    expect(await known.isReadOnly({ ...call })).to.equal(false);
    expect((await failure(unknown.isReadOnly({ ...call }))).fault).to.equal('holds-not-counted');
    const names = async (gate: typeof known) => (await gate.gauges(call)).map(({ name }) => name);
    expect(await names(known)).to.deep.equal(['hold_open', 'mode_read_only', 'held_writes_total']);
    expect(await names(unknown)).to.deep.equal(['held_writes_total']);
  });

  it('refuses to keep what is counted: the change is not made, and others are asked for at once', async () => {
    const { a, database } = nodes;
    const ledger = new LedgerTables(a.database);
    await database.fresh.admin("ALTER TABLE scim_state.hold_event ADD CHECK (key <> 'bad') NOT VALID");
    expect((await failure(ledger.claim(call, asked('bad')))).message).to.match(
      /refused a statement \(SQLSTATE 23514\)/,
    );
    expect((await ledger.claim(call, asked('good'))).outcome).to.equal('granted');
    expect(await ledger.counted(call, 'hr', { kind: 'deactivations', scope: 'users' }, 1e9)).to.equal(1);
  });

  it('has lost its tables, or the right to them: it says what helps', async () => {
    const { a, database } = nodes;
    const ledger = new LedgerTables(a.database);
    await database.fresh.admin('REVOKE ALL ON scim_state.hold_event FROM scim_connector');
    await database.fresh.admin('ALTER TABLE scim_state.hold_event OWNER TO postgres');
    expect((await failure(ledger.claim(call, asked('a')))).message).to.match(/print-grants|may not/);
    await database.fresh.admin('DROP TABLE scim_state.hold_event');
    while (!/tables of holds are missing; start/.test((await failure(ledger.claim(call, asked('a')))).message))
      await pause(20);
  });
});
