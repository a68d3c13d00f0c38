import { expect } from 'chai';
import { TURN } from '../../../connector/journal/postgres/statements.ts';
import type { Database } from '../../../connector/postgres/database.ts';
import { postgresDatabase } from '../../support/postgres/suite.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { caller, JournalNode, refsIn, SCHEMA, sharedDatabase } from './shared-lab.ts';

const EVER = Number.MAX_SAFE_INTEGER;
const YEAR = 365 * 86_400_000;

describe('old records of what connectors share', () => {
  const place = postgresDatabase({ schemas: [SCHEMA] });
  const folder = temporaryFolder();
  let database: Database;
  let node: JournalNode;
  beforeEach(async () => {
    database = await sharedDatabase(place.fresh);
    node = new JournalNode(database, folder.path, 'one');
  });
  afterEach(async () => {
    node.file.close();
    await database.close();
  });

  const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
  const total = async (): Promise<readonly [number, number]> => {
    const [row] = await database.rows<readonly [number, number]>(
      caller(),
      'SELECT bytes, (SELECT coalesce(sum(size), 0) FROM scim.journal)::bigint FROM scim.journal_total',
    );
    return row ?? [0, 0];
  };

  it('go by age, whoever told them last', async () => {
    node.write({ ref: 'new', time: ago(1000) });
    node.write({ ref: 'old', time: ago(7000) });
    await node.copy();
    expect(await node.shared.prune(caller(), 5000, EVER)).to.equal(1);
    expect(await node.shared.prune(caller(), 5000, EVER)).to.equal(0);
    expect(await refsIn(database)).to.deep.equal(['new']);
  });

  it('go by size, the oldest first, until there is room', async () => {
    for (let index = 0; index < 1200; index += 1) node.write({ ref: `r${index}`, time: ago(5000 - index) });
    const { key } = node.write({ ref: 'late', outcome: 'unknown', time: ago(10) });
    await node.copy();
    node.write({ ref: 'late', text: 'x'.repeat(5000), time: ago(10) }, key);
    await node.copy();
    const [before, sum] = await total();
    expect(before).to.equal(sum);
    expect(before).to.be.above(300_000);
    const went: number[] = [];
    do went.push(await node.shared.prune(caller(), YEAR, Math.floor(before / 2)));
    while ((went.at(-1) ?? 0) > 0);
    expect(went).to.deep.equal([500, 500, 0]);
    expect((await refsIn(database)).at(0)).to.equal('r1000');
    const [after, left] = await total();
    expect(after).to.equal(left);
    expect(after).to.be.below(before / 2);
  });

  it('are not what a scan leaves behind', async () => {
    const stranger = { operation: 'request', actor: '', outcome: 'refused' } as const;
    node.write({ ref: 'kept' });
    await node.copy();
    await place.fresh.admin(`INSERT INTO ${SCHEMA}.journal
      (key, node, at, app, message, outcome, stranger, ref, about, size, doc)
      SELECT 'k' || n, 'x', 0, '', '', 'refused', true, 's' || n, '{}', 1, '{"ref":"s' || n || '"}' FROM generate_series(1, 10300) AS n`);
    node.write({ ref: 'last', ...stranger });
    await node.copy();
    const went: number[] = [];
    do went.push(await node.shared.prune(caller(), EVER, EVER));
    while ((went.at(-1) ?? 0) > 0);
    expect(went).to.deep.equal([301, 0]);
    const [first, second] = await refsIn(database);
    expect([first, second]).to.deep.equal(['kept', 's302']);
  });

  it('are taken away by one connector at a time', async () => {
    node.write({ ref: 'old', time: ago(7000) });
    await node.copy();
    const held = Promise.withResolvers<void>();
    const ready = Promise.withResolvers<void>();
    const other = database.transaction(caller(), async (session) => {
      await session.rows(TURN);
      ready.resolve();
      await held.promise;
    });
    await ready.promise;
    expect(await node.shared.prune(caller(), 5000, EVER)).to.equal(0);
    held.resolve();
    await other;
    expect(await node.shared.prune(caller(), 5000, EVER)).to.equal(1);
  });
});
