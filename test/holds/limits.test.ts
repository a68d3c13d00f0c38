import { expect } from 'chai';
import { allowed } from '../../connector/holds/limits.ts';
import { call, DEFAULTS, deactivate, draft, Group, outcomeOf, patch, User, whereverTheyAreKept } from './held-app.ts';

const TIGHT = { count: 3, percent: 10 };

whereverTheyAreKept('limits', (suite) => {
  it('let through what exceeds neither count or percent, nor half of what is there', () => {
    const limit = { count: 50, percent: 5 };
    expect(allowed('deactivations', limit, 20_000)).to.equal(1000);
    expect(allowed('deactivations', limit, 200)).to.equal(50);
    expect(allowed('deactivations', limit, 60)).to.equal(30);
    expect(allowed('deactivations', limit, 4)).to.equal(9);
    expect(allowed('removals', limit, 60)).to.equal(50);
  });

  it('hold the app at the first deactivation too many, and reads go on', async () => {
    const { apps } = suite;
    const ids = await apps.people(40);
    const service = apps.serve({ deactivations: TIGHT });
    const outcomes = [];
    for (const id of ids.slice(0, 6)) outcomes.push(await outcomeOf(deactivate(service, id)));
    expect(outcomes).to.deep.equal(['done', 'done', 'done', 'done', 'changes-held', 'changes-held']);
    expect(apps.tripped.map(({ text }) => text)).to.deep.equal(['5 people would be deactivated within 1d, limit 4']);
    expect(await outcomeOf(service.create(call, User, draft({ userName: 'new' })))).to.equal('changes-held');
    expect((await service.list(call, User, { offset: 0, limit: 1 })).total).to.equal(40);
  });

  it('count one person once, nobody for what was so already, and nobody for what the store refused', async () => {
    const { apps } = suite;
    const [one = '', two = '', ...rest] = await apps.people(40);
    const service = apps.serve({ deactivations: TIGHT });
    for (let n = 0; n < 8; n += 1) {
      await deactivate(service, one);
      await service.patch(call, User, one, patch({ active: true }));
      await deactivate(service, one);
      await deactivate(service, one);
    }
    const taken = (await apps.backend.get(call, User, one)).attributes['userName'] as string;
    for (let n = 0; n < 8; n += 1) {
      const both = service.patch(call, User, two, patch({ active: false, userName: taken }));
      expect(await outcomeOf(both)).to.equal('user-name-taken');
    }
    for (const id of rest.slice(0, 3)) expect(await outcomeOf(deactivate(service, id))).to.equal('done');
    expect(await outcomeOf(deactivate(service, rest[3] ?? ''))).to.equal('changes-held');
  });

  it('look at a window that moves', async () => {
    const { apps } = suite;
    const ids = await apps.people(40);
    const service = apps.serve({ deactivations: TIGHT, window: 3_600_000 });
    for (const id of ids.slice(0, 8)) {
      expect(await outcomeOf(deactivate(service, id))).to.equal('done');
      await apps.place.pass(900_001);
    }
    for (const id of ids.slice(8, 9)) expect(await outcomeOf(deactivate(service, id))).to.equal('done');
    expect(await outcomeOf(deactivate(service, ids[9] ?? ''))).to.equal('changes-held');
  });

  it('are kept by app, over restarts, and by processes together', async () => {
    const { apps } = suite;
    const ids = await apps.people(40);
    const limits = { deactivations: TIGHT };
    const outcomes = [];
    for (const [n, id] of ids.slice(0, 5).entries())
      outcomes.push(await outcomeOf(deactivate(apps.serve(limits), id)), n);
    expect(outcomes.filter((one) => typeof one === 'string')).to.deep.equal([
      'done',
      'done',
      'done',
      'done',
      'changes-held',
    ]);
    expect(await outcomeOf(deactivate(apps.serve(limits, 'it'), ids[9] ?? ''))).to.equal('done');
    expect(await outcomeOf(deactivate(apps.serve(limits), ids[10] ?? ''))).to.equal('changes-held');
  });

  it('let exactly as many through when two processes write at once', async () => {
    const { apps } = suite;
    const ids = await apps.people(40);
    const both = [apps.serve({ deactivations: TIGHT }), apps.serve({ deactivations: TIGHT })];
    await Promise.all(ids.map((id, n) => outcomeOf(deactivate(both[n % 2] as never, id))));
    const { resources } = await apps.backend.list(call, User, { offset: 0, limit: 100 });
    expect(resources.filter(({ attributes }) => attributes['active'] === false)).to.have.length(4);
  });

  it('hold deletions, of people and of groups, each by themselves', async () => {
    const { apps } = suite;
    const ids = await apps.people(40);
    const groups = await Promise.all(Array.from({ length: 12 }, (_, n) => apps.group(`G${n}`, [])));
    const service = apps.serve({ deletions: { count: 2, percent: 1 } });
    const remove = (type: typeof User, id: string) => outcomeOf(service.delete(call, type, id));
    expect(await remove(User, 'nobody')).to.equal('id-unknown');
    for (const id of ids.slice(0, 2)) expect(await remove(User, id)).to.equal('done');
    for (const id of groups.slice(0, 2)) expect(await remove(Group, id)).to.equal('done');
    expect(await remove(Group, groups[2] ?? '')).to.equal('changes-held');
    expect(apps.tripped[0]?.text).to.equal('3 groups would be deleted within 1d, limit 2');
  });

  it('hold renames, and not another spelling', async () => {
    const { apps } = suite;
    const ids = await apps.people(20, (n) => ({ userName: `jane${n}` }));
    const service = apps.serve({ renames: { count: 2, percent: 1 } });
    const rename = (n: number, userName: string) =>
      outcomeOf(service.replace(call, User, ids[n] ?? '', draft({ userName })));
    for (let n = 0; n < 20; n += 1) expect(await rename(n, `JANE${n}`)).to.equal('done');
    expect([await rename(0, 'joe0'), await rename(1, 'joe1'), await rename(2, 'joe2')]).to.deep.equal([
      'done',
      'done',
      'changes-held',
    ]);
  });

  it('hold overwriting, and neither filling in nor passwords', async () => {
    const { apps } = suite;
    const ids = await apps.people(20, () => ({ title: 'Engineer', name: { familyName: 'Doe' } }));
    const service = apps.serve({ overwrites: { count: 2, percent: 1 } });
    const put = (n: number, more: object) => outcomeOf(service.patch(call, User, ids[n] ?? '', patch(more as never)));
    for (let n = 0; n < 20; n += 1) {
      expect(await put(n, { nickName: 'J', name: { familyName: 'Doe', givenName: 'Jane' } })).to.equal('done');
      expect(await put(n, { password: `Secret-${n}-word` })).to.equal('done');
      expect(await put(n, { title: 'Engineer' })).to.equal('done');
    }
    expect([
      await put(0, { title: 'Lead' }),
      await put(1, { title: 'Lead' }),
      await put(2, { title: 'Lead' }),
    ]).to.deep.equal([...['done', 'done', 'changes-held']]);
  });

  it('are generous as they come, and can be switched off', async () => {
    const { apps } = suite;
    const ids = await apps.people(60);
    const off = apps.serve({ enabled: false }, 'off');
    for (const id of ids) expect(await outcomeOf(deactivate(off, id))).to.equal('done');
    for (const id of ids)
      await apps.backend.modify(call, User, id, [{ op: 'set', path: { attribute: 'active' }, value: true }]);
    const service = apps.serve(DEFAULTS);
    const outcomes = [];
    for (const id of ids) outcomes.push(await outcomeOf(deactivate(service, id)));
    expect(outcomes.filter((one) => one === 'done')).to.have.length(30);
  });
});
