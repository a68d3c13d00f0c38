import { expect } from 'chai';
import { call, everyone } from '../../../conformance/company.ts';
import { Group, User } from '../../../conformance/people.ts';
import { twoConnectors } from '../two-connectors.ts';

const ROWS = 'SELECT count(*)::int AS rows FROM scim.block_count';

describe('the counts of resources in PostgreSQL', () => {
  const two = twoConnectors();
  const rows = async (): Promise<number> =>
    ((await two.database.fresh.admin<{ rows: number }>(ROWS))[0] as { rows: number }).rows;
  const totals = () => Promise.all([User, Group].map(async (type) => (await two.b.list(call, type, everyone)).total));

  it('are the sums of what each statement added, of both connectors', async () => {
    const made = await Promise.all(
      [two.a, two.b, two.a].map((one, n) => one.create(call, User, { userName: `u${n}` })),
    );
    await two.b.create(call, Group, { displayName: 'G', members: made.map(({ id }) => ({ value: id })) });
    expect(await totals()).to.deep.equal([3, 1]);
    await two.b.delete(call, User, made[0]?.id ?? '');
    expect(await totals()).to.deep.equal([2, 1]);
  });

  it('are folded together where they are many, and nothing that is added meanwhile is lost', async () => {
    const add = `INSERT INTO scim.block_count SELECT 'User', n / 100, 1 FROM generate_series(0, 999) AS g (n)`;
    const take = `INSERT INTO scim.block_count SELECT 'User', n / 100, -1 FROM generate_series(0, 999) AS g (n)`;
    await two.database.fresh.admin(add);
    const rival = await two.rival();
    // Somebody folds some of them, and adds one more.
    await rival.run('SELECT FROM scim.block_count LIMIT 10 FOR UPDATE');
    await rival.run(`INSERT INTO scim.block_count VALUES ('User', 0, 1)`);
    await two.a.close();
    await two.a.open();
    await two.a.close();
    await rival.commit();
    expect(await rows()).to.equal(10 + 10 + 1);
    expect((await totals())[0]).to.equal(1001);
    await two.database.fresh.admin(take);
    await two.a.open();
    await two.a.close();
    expect((await totals())[0]).to.equal(1);
    expect(await rows()).to.equal(1);
  });

  it('stay few however many changes there are', async () => {
    for (let n = 0; n < 300; n += 1) {
      const { id } = await two.a.create(call, User, { userName: `u${n}` });
      await two.a.delete(call, User, id);
    }
    await two.a.close();
    expect(await rows()).to.be.at.most(260);
    expect(await totals()).to.deep.equal([0, 0]);
  });
});
