import { expect } from 'chai';
import { call, draft, Group, outcomeOf, patch, whereverTheyAreKept } from './held-app.ts';

const members = (ids: readonly string[]) => ids.map((value) => ({ value }));

whereverTheyAreKept('limits of members', (suite) => {
  it('hold the emptying of a large group at once, and in small steps, whatever the request is', async () => {
    const { apps } = suite;
    const ids = await apps.people(60);
    const limits = { removals: { count: 10, percent: 20 } };
    const put = await apps.group('put', ids);
    const at = await outcomeOf(apps.serve(limits, 'put').replace(call, Group, put, draft({ displayName: 'put' })));
    expect([at, await apps.size(put)]).to.deep.equal(['changes-held', 60]);
    expect(apps.tripped[0]?.text).to.equal('60 members would leave the group "put" within 1d, limit 12');
    const steps = await apps.group('steps', ids);
    const service = apps.serve(limits, 'steps');
    for (let left = 57; left >= 45; left -= 3)
      await outcomeOf(
        service.replace(call, Group, steps, draft({ displayName: 'steps', members: members(ids.slice(0, left)) })),
      );
    expect(await apps.size(steps)).to.equal(48);
    const patched = await apps.group('patched', ids);
    const other = apps.serve(limits, 'patched');
    for (const id of ids.slice(0, 20)) await outcomeOf(other.patch(call, Group, patched, patch({}, [id])));
    // It is read when the fifth leaves, and those before are left out of its size.
    expect(await apps.size(patched)).to.equal(49);
    const deleted = await apps.group('deleted', ids);
    expect(await outcomeOf(apps.serve(limits, 'deleted').delete(call, Group, deleted))).to.equal('changes-held');
  });

  it('count who stays, who joins and who was no member for nothing', async () => {
    const { apps } = suite;
    const ids = await apps.people(60);
    const group = await apps.group('G', ids.slice(0, 30));
    const service = apps.serve({ removals: { count: 3, percent: 0 } });
    const set = (some: readonly string[]) =>
      outcomeOf(service.replace(call, Group, group, draft({ displayName: 'G', members: members(some) })));
    expect(await set(ids)).to.equal('done');
    expect(await set([...ids].reverse())).to.equal('done');
    expect(await outcomeOf(service.patch(call, Group, group, patch({}, ids.slice(0, 1))))).to.equal('done');
    for (let n = 0; n < 9; n += 1)
      expect(await outcomeOf(service.patch(call, Group, group, patch({}, ids.slice(0, 1))))).to.equal('done');
    expect(await set(ids.slice(3))).to.equal('done');
    expect(await set(ids.slice(4))).to.equal('changes-held');
  });

  it('hold when many groups lose most of their members', async () => {
    const { apps } = suite;
    const ids = await apps.people(8);
    const groups = await Promise.all(Array.from({ length: 30 }, (_, n) => apps.group(`G${n}`, ids)));
    const service = apps.serve({ emptied_groups: { count: 4, percent: 10 } });
    const outcomes = [];
    for (const [n, id] of groups.slice(0, 6).entries())
      outcomes.push(
        await outcomeOf(
          service.replace(call, Group, id, draft({ displayName: `G${n}`, members: members(ids.slice(0, 3)) })),
        ),
      );
    expect(outcomes).to.deep.equal(['done', 'done', 'done', 'done', 'changes-held', 'changes-held']);
    expect(apps.tripped[0]?.text).to.equal('5 groups would lose most members within 1d, limit 4');
  });

  it('never read a large group for the few who leave it', async () => {
    const { apps } = suite;
    const ids = await apps.people(200);
    const group = await apps.group('large', ids);
    let read = 0;
    const watched = new Proxy(apps.backend, {
      get(target, name) {
        const member = Reflect.get(target, name, target) as unknown;
        if (name === 'get') read += 1;
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const service = apps.serve({}, 'hr', watched);
    for (const id of ids.slice(0, 20))
      await service.patch(call, Group, group, patch({}, [id]), undefined, { without: ['members'] });
    expect(await apps.size(group)).to.equal(180);
    expect(read).to.equal(1);
  });
});
