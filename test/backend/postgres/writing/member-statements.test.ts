import { expect } from 'chai';
import { OpenStore } from '../../../../connector/backend/postgres/open-store.ts';
import { deleteResource } from '../../../../connector/backend/postgres/writing/delete-resource.ts';
import { modifyResource } from '../../../../connector/backend/postgres/writing/modify-resource.ts';
import type { Session } from '../../../../connector/postgres/session.ts';
import type { Change } from '../../../../connector/scim/change.ts';
import type { Read } from '../../../../connector/scim/query.ts';
import { call } from '../../../conformance/company.ts';
import { Group, User } from '../../../conformance/people.ts';
import { twoConnectors } from '../two-connectors.ts';

interface Cost {
  /** That the connector asked. */
  readonly statements: number;
  /** That came back. */
  readonly rows: number;
  /** Rows of memberships and of resources that the server looked at for them. */
  readonly looked: number;
}

/** In the same transaction. */
const LOOKED = `SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int FROM pg_stat_xact_user_tables
  WHERE schemaname = 'scim' AND relname IN ('membership', 'resource')`;

const path = { attribute: 'members' } as const;
const WITHOUT: Read = { without: ['groups', 'members'] };

type Work = (session: Session, group: string, member: string, other: string) => Promise<unknown>;

const modify = (session: Session, id: string, ...changes: Change[]) =>
  modifyResource(session, Group, { id, changes, password: undefined, ifMatch: undefined, read: WITHOUT });

const WORKS: Readonly<Record<string, Work>> = {
  'one more': (session, group, _, other) => modify(session, group, { op: 'add', path, values: [{ value: other }] }),
  'one less': (session, group, member) => modify(session, group, { op: 'remove', path, values: [{ value: member }] }),
  'one that is there': (session, group, member) =>
    modify(session, group, { op: 'add', path, values: [{ value: member }] }),
  'one less who is none': (session, group, _, other) =>
    modify(session, group, { op: 'remove', path, values: [{ value: other }] }),
  'the deletion of a member': (session, _, member) => deleteResource(session, User, member, undefined),
};

describe('what a change of members costs in PostgreSQL', () => {
  const two = twoConnectors();

  /** What `work` costs in a group of `size` members; it is told the group, a member and somebody else. */
  async function costOf(size: number, work: Work): Promise<Cost> {
    await two.database.fresh.admin('DELETE FROM scim.resource');
    await two.database.fresh.admin(
      `INSERT INTO scim.resource (id, type, key, display, display_key, created, modified, version, doc, folded)
       SELECT 'u' || n, 'User', 'u' || n, 'u' || n, 'u' || n, 0, 0, 1, json_build_object('userName', 'u' || n), '{}'
       FROM generate_series(0, $1::int) AS g (n)`,
      [size],
    );
    const { id } = await two.a.create(call, Group, { displayName: 'G' });
    await two.database.fresh.admin(
      `INSERT INTO scim.membership (group_seq, member_seq) SELECT g.seq, u.seq FROM scim.resource AS g
       JOIN scim.resource AS u ON u.type = 'User' AND u.id <> 'u0' WHERE g.type = 'Group'`,
    );
    await two.database.fresh.admin('ANALYZE scim.resource, scim.membership');
    const store = new OpenStore(two.database.settings, {});
    await store.open();
    const cost = { statements: 0, rows: 0, looked: 0 };
    try {
      await store.transaction(call, async (session) => {
        const counted: Session = {
          rows: async <T extends readonly unknown[]>(text: string, ...params: readonly unknown[]) => {
            const rows = await session.rows<T>(text, ...params);
            cost.statements += 1;
            cost.rows += rows.length;
            return rows;
          },
          run: (text, ...params) => {
            cost.statements += 1;
            return session.run(text, ...params);
          },
        };
        await work(counted, id, 'u7', 'u0');
        const [[looked] = [0]] = await session.rows<readonly [number]>(LOOKED);
        cost.looked = looked;
      });
    } finally {
      await store.drain();
      await store.close();
    }
    return cost;
  }

  for (const [name, work] of Object.entries(WORKS))
    it(`is the same however large the group is: ${name}`, async () => {
      const [small, large] = [await costOf(10, work), await costOf(5000, work)];
      expect([large.statements, large.rows]).to.deep.equal([small.statements, small.rows]);
      expect(large.statements).to.be.at.most(5);
      // A small table is looked through as a whole, at times.
      expect(large.looked).to.be.at.most(Math.max(small.looked, 30));
    });

  it('is what changed, and not the rest, where a group is set as a whole', async () => {
    const set =
      (value: readonly string[]): Work =>
      (session, group) =>
        modify(session, group, { op: 'set', path, value: value.map((one) => ({ value: one })) });
    const but = Array.from({ length: 5000 }, (_, n) => `u${n + 1}`).filter((id) => id !== 'u7');
    const { statements, rows } = await costOf(5000, set([...but, 'u0']));
    expect(statements).to.be.at.most(5);
    // The group, who joined, who left, and the new version.
    expect(rows).to.equal(4);
    const { admin } = two.database.fresh;
    expect(await admin('SELECT id FROM scim.resource WHERE modified > 0 ORDER BY id COLLATE "C"')).to.have.length(3);
  });

  it('is nothing for members that stay, and a new time for those that joined and left', async () => {
    const people = await Promise.all(['a', 'b', 'c'].map((userName) => two.a.create(call, User, { userName })));
    const [a = '', b = '', c = ''] = people.map(({ id }) => id);
    const { id } = await two.a.create(call, Group, { displayName: 'G', members: [{ value: a }, { value: b }] });
    const before = await Promise.all([a, b, c].map((one) => two.b.get(call, User, one)));
    await two.a.modify(call, Group, id, [{ op: 'set', path, value: [{ value: b }, { value: c }] }]);
    const after = await Promise.all([a, b, c].map((one) => two.b.get(call, User, one)));
    const isNewer = after.map(({ meta }, n) => (meta.lastModified ?? '') > (before[n]?.meta.lastModified ?? ''));
    expect(isNewer).to.deep.equal([true, false, true]);
    expect(after.map(({ meta }) => meta.version)).to.deep.equal(['1', '1', '1']);
  });
});
