import { expect } from 'chai';
import type { Change } from '../../../../connector/scim/change.ts';
import { ScimError } from '../../../../connector/scim/error.ts';
import { call, everyone } from '../../../conformance/company.ts';
import { Group, User } from '../../../conformance/people.ts';
import { rejection } from '../../../support/rejection.ts';
import { twoConnectors } from '../two-connectors.ts';

const title = (value: string): Change => ({ op: 'set', path: { attribute: 'title' }, value });
const members = { attribute: 'members' };
const add = (...ids: readonly string[]): Change => ({
  op: 'add',
  path: members,
  values: ids.map((value) => ({ value })),
});
const remove = (...ids: readonly string[]): Change => ({
  op: 'remove',
  path: members,
  values: ids.map((value) => ({ value })),
});

/** Of somebody of that name. */
const INSERT = `INSERT INTO scim.resource (id, type, key, display, display_key, created, modified, version, doc, folded)
  SELECT $1, 'User', $1, $1, $1, 0, 0, 1, doc, doc FROM json_build_object('userName', $1::text) AS j (doc)`;

const outcomesOf = async (running: readonly Promise<unknown>[]): Promise<readonly string[]> =>
  (await Promise.allSettled(running)).map((one) =>
    one.status === 'fulfilled' ? 'done' : one.reason instanceof ScimError ? one.reason.reason : String(one.reason),
  );

describe('two connectors on one PostgreSQL', () => {
  const two = twoConnectors();
  const make = (userName: string) => two.a.create(call, User, { userName });
  const idsIn = async (group: string): Promise<readonly unknown[]> => {
    const { attributes } = await two.b.get(call, Group, group);
    return ((attributes['members'] ?? []) as readonly { value: string }[]).map(({ value }) => value).toSorted();
  };

  it('let one of two changes against the same version win, and the other say so', async () => {
    const ann = await make('ann');
    const rival = await two.rival();
    await rival.run('SELECT FROM scim.resource FOR UPDATE');
    const running = [two.a, two.b].map((one, n) => one.modify(call, User, ann.id, [title(`t${n}`)], ann));
    await rival.blocks(2);
    await rival.commit();
    expect([...(await outcomesOf(running))].toSorted()).to.deep.equal(['done', 'versionMismatch']);
    expect((await two.a.get(call, User, ann.id)).meta.version).to.equal('2');
  });

  it('lose no change that names no version', async () => {
    const { id } = await make('ann');
    const rival = await two.rival();
    await rival.run('SELECT FROM scim.resource FOR UPDATE');
    const nick: Change = { op: 'set', path: { attribute: 'nickName' }, value: 'A' };
    const running = [two.a.modify(call, User, id, [title('Dr')]), two.b.modify(call, User, id, [nick])];
    await rival.blocks(2);
    await rival.commit();
    expect(await outcomesOf(running)).to.deep.equal(['done', 'done']);
    const { attributes, meta } = await two.b.get(call, User, id);
    expect(attributes).to.include({ title: 'Dr', nickName: 'A' });
    expect(meta.version).to.equal('3');
  });

  for (const end of ['commit', 'rollBack'] as const)
    it(`make one of a name whoever asks, where a third has it and ends with ${end}`, async () => {
      const rival = await two.rival();
      await rival.run(INSERT, ['ann']);
      const running = [two.a, two.b, two.a, two.b].map((one, n) =>
        one.create(call, User, { userName: n % 2 ? 'Ann' : 'ann' }),
      );
      await rival.blocks(2);
      await rival[end]();
      const outcomes = await outcomesOf(running);
      expect(outcomes.filter((one) => one === 'done')).to.have.length(end === 'commit' ? 0 : 1);
      expect(outcomes.filter((one) => one === 'uniqueness')).to.have.length(end === 'commit' ? 4 : 3);
      expect((await two.a.list(call, User, everyone)).total).to.equal(1);
    });

  it('give a name to one of two who are renamed to it', async () => {
    const [ann, bob] = [await make('ann'), await make('bob')];
    const rival = await two.rival();
    await rival.run(INSERT, ['eve']);
    const called: Change = { op: 'set', path: { attribute: 'userName' }, value: 'Eve' };
    const running = [two.a.modify(call, User, ann.id, [called]), two.b.modify(call, User, bob.id, [called])];
    await rival.blocks(2);
    await rival.rollBack();
    expect([...(await outcomesOf(running))].toSorted()).to.deep.equal(['done', 'uniqueness']);
    const { total } = await two.a.list(call, User, everyone);
    expect(total).to.equal(2);
  });

  it('keep a group exact while somebody is added to it and deleted', async () => {
    const [ann, bob] = [await make('ann'), await make('bob')];
    const { id } = await two.a.create(call, Group, { displayName: 'G', members: [{ value: bob.id }] });
    const rival = await two.rival();
    await rival.run('SELECT FROM scim.resource WHERE id = $1 FOR UPDATE', [ann.id]);
    const adding = two.a.modify(call, Group, id, [add(ann.id)]);
    await rival.blocks(1);
    const deleting = two.b.delete(call, User, ann.id);
    await rival.blocks(2);
    await rival.commit();
    expect(await outcomesOf([adding, deleting])).to.deep.equal(['done', 'done']);
    expect(await idsIn(id)).to.deep.equal([bob.id]);
    // One for who joined, one for who was deleted.
    expect((await two.a.get(call, Group, id)).meta.version).to.equal('3');
  });

  it('say who is nobody any more when the deletion came first', async () => {
    const ann = await make('ann');
    const { id } = await two.a.create(call, Group, { displayName: 'G' });
    const rival = await two.rival();
    await rival.run('DELETE FROM scim.resource WHERE id = $1', [ann.id]);
    const refused = rejection(two.a.modify(call, Group, id, [add(ann.id)]));
    await rival.blocks(1);
    await rival.commit();
    expect(await refused).to.deep.include({ reason: 'invalidValue', ids: [ann.id] });
    expect(await idsIn(id)).to.deep.equal([]);
  });

  it('lose nobody who joins a group while others join and leave it through the other', async () => {
    const people = await Promise.all(['a', 'b', 'c', 'd'].map(make));
    const [a = '', b = '', c = '', d = ''] = people.map(({ id }) => id);
    const { id } = await two.a.create(call, Group, { displayName: 'G', members: [{ value: a }, { value: b }] });
    const rival = await two.rival();
    await rival.run('SELECT FROM scim.resource WHERE id = $1 FOR UPDATE', [id]);
    const running = [
      two.a.modify(call, Group, id, [add(c), remove(a)]),
      two.b.modify(call, Group, id, [add(d), remove(a)]),
    ];
    await rival.blocks(2);
    await rival.commit();
    expect(await outcomesOf(running)).to.deep.equal(['done', 'done']);
    expect(await idsIn(id)).to.deep.equal([b, c, d].toSorted());
    expect((await two.a.get(call, Group, id)).meta.version).to.equal('3');
  });

  it('begin anew where the server ends a deadlock, and nobody hears of it', async () => {
    const [ann, bob] = [await make('ann'), await make('bob')];
    const { id } = await two.a.create(call, Group, { displayName: 'G' });
    const rival = await two.rival();
    // The other looks for a deadlock first, and is the one that is ended.
    await rival.run("SET LOCAL deadlock_timeout = '1min'");
    await rival.run('SELECT FROM scim.resource WHERE id = $1 FOR UPDATE', [bob.id]);
    const adding = two.a.modify(call, Group, id, [add(ann.id, bob.id)]);
    await rival.blocks(1);
    await rival.run('SELECT FROM scim.resource WHERE id = $1 FOR UPDATE', [ann.id]);
    await rival.commit();
    expect(await outcomesOf([adding])).to.deep.equal(['done']);
    expect(await idsIn(id)).to.deep.equal([ann.id, bob.id].toSorted());
    expect(two.a.gauges().find(({ name }) => name === 'postgres_transactions_again_total')?.value).to.equal(1);
    expect((await two.a.get(call, Group, id)).meta.version).to.equal('2');
  });
});
