import { expect } from 'chai';
import { DecisionError } from '../../connector/holds/kept-hold.ts';
import { call, deactivate, draft, outcomeOf, patch, User, whereverTheyAreKept } from './held-app.ts';

const LIMITS = { deactivations: { count: 3, percent: 5 } };
const BY = { actor: 'ops', reason: 'looked' };
const HOUR = 3_600_000;

/** @returns what a decision is refused with */
const refusal = (decided: Promise<unknown>): Promise<string> =>
  decided.then(
    () => 'done',
    (error: unknown) => {
      expect(error).to.be.instanceOf(DecisionError);
      return (error as Error).message;
    },
  );

whereverTheyAreKept('the desk', (suite) => {
  /** Three are let through, five wait, with a newcomer and somebody's new password. */
  async function tripped() {
    const { apps } = suite;
    const ids = await apps.people(40, (n) => ({ userName: `person${n}`, title: 'Engineer' }));
    const service = apps.serve(LIMITS);
    for (const id of ids.slice(0, 8)) await outcomeOf(deactivate(service, id));
    await outcomeOf(service.create(call, User, draft({ userName: 'newcomer', password: 'Tr0ub4dor-and-3' })));
    await outcomeOf(service.patch(call, User, ids[20] ?? '', patch({ password: 'Tr0ub4dor-and-3', title: 'Lead' })));
    return { apps, ids, service };
  }

  it('shows what the held requests would do, once each, and never a password', async () => {
    const { apps, ids, service } = await tripped();
    for (const id of ids.slice(0, 8)) await outcomeOf(deactivate(service, id));
    const [hold] = await apps.desk((desk) => desk.holds());
    expect(hold).to.include({
      id: 1,
      app: 'hr',
      text: '4 people would be deactivated within 1d, limit 3',
      requests: 7,
    });
    const requests = await apps.desk((desk) => desk.requests(1));
    expect(requests.map(({ operation, name, times }) => `${operation} ${name} ${times}`)).to.deep.equal([
      ...[3, 4, 5, 6, 7].map((n) => `modify person${n} 2`),
      ...['create newcomer 1', 'modify person20 1'],
    ]);
    expect(requests[0]?.changes).to.deep.equal([{ path: 'active', before: 'true', after: 'false' }]);
    expect(requests.at(-1)?.changes).to.deep.equal([{ path: 'title', before: 'Engineer', after: 'Lead' }]);
    expect(JSON.stringify(requests)).not.to.contain('Tr0ub4dor');
  });

  it('releases what was held, and counts the rest anew', async () => {
    const { apps, ids, service } = await tripped();
    await apps.desk((desk) => desk.release(1, BY));
    for (const id of ids.slice(3, 8)) expect(await outcomeOf(deactivate(service, id))).to.equal('done');
    for (const id of ids.slice(8, 11)) expect(await outcomeOf(deactivate(service, id))).to.equal('done');
    expect(await outcomeOf(deactivate(service, ids[11] ?? ''))).to.equal('changes-held');
    expect(await apps.desk((desk) => desk.hold(1))).to.include({ outcome: 'released', actor: 'ops', reason: 'looked' });
  });

  it('forgets a release after two days', async () => {
    const { apps, ids, service } = await tripped();
    await apps.desk((desk) => desk.release(1, BY));
    await apps.place.pass(49 * HOUR);
    for (const id of ids.slice(3, 6)) expect(await outcomeOf(deactivate(service, id))).to.equal('done');
    expect(await outcomeOf(deactivate(service, ids[6] ?? ''))).to.equal('changes-held');
  });

  it('rejects what was too much, for two days, and nothing else', async () => {
    const { apps, ids, service } = await tripped();
    await apps.desk((desk) => desk.reject(1, BY));
    expect(await outcomeOf(deactivate(service, ids[5] ?? ''))).to.equal('held-change-rejected');
    expect(await outcomeOf(service.create(call, User, draft({ userName: 'newcomer' })))).to.equal('done');
    expect(await outcomeOf(service.patch(call, User, ids[5] ?? '', patch({ title: 'Lead' })))).to.equal('done');
    expect(apps.tripped).to.have.length(1);
    await apps.place.pass(49 * HOUR);
    expect(await outcomeOf(deactivate(service, ids[5] ?? ''))).to.equal('done');
  });

  it('lets a rejected hold be released, and decides nothing else twice', async () => {
    const { apps, ids, service } = await tripped();
    await apps.desk((desk) => desk.reject(1, BY));
    await apps.desk((desk) => desk.release(1, BY));
    expect(await outcomeOf(deactivate(service, ids[5] ?? ''))).to.equal('done');
    for (const decide of ['release', 'reject'] as const)
      expect(await refusal(apps.desk((desk) => desk[decide](1, BY)))).to.match(/hold 1 was released by ops at 20/);
    expect(await refusal(apps.desk((desk) => desk.release(7, BY)))).to.match(/there is no hold 7/);
  });

  it('sets modes that stay, by app', async () => {
    const { apps } = suite;
    const [id = ''] = await apps.people(1);
    const rename = (app = 'hr') =>
      outcomeOf(apps.serve({}, app).patch(call, User, id, patch({ title: `T${Math.random()}` })));
    await apps.desk((desk) => desk.setModes(['hr'], 'read-only', BY));
    expect([await rename(), await rename('it')]).to.deep.equal(['connector-read-only', 'done']);
    const [mode] = await apps.desk((desk) => desk.setModes(['hr'], 'hold', BY));
    expect(mode).to.include({ mode: 'hold', hold: 1, actor: 'ops', reason: 'looked' });
    expect([await rename(), await rename('it')]).to.deep.equal(['changes-held', 'done']);
    expect(await apps.desk((desk) => desk.requests(1))).to.have.length(1);
    await apps.desk((desk) => desk.setModes(['hr'], 'normal', BY));
    expect(await rename()).to.equal('done');
  });

  it('ends no tripped hold with mode normal, and no ordered one with reject', async () => {
    const { apps } = await tripped();
    expect(await refusal(apps.desk((desk) => desk.setModes(['hr'], 'normal', BY)))).to.match(/hold release 1/);
    await apps.desk((desk) => desk.setModes(['it'], 'hold', BY));
    expect(await refusal(apps.desk((desk) => desk.reject(2, BY)))).to.match(/mode normal ends it/);
    expect((await apps.desk((desk) => desk.hold(2)))?.ended).to.equal(undefined);
  });

  it('counts what an operator has held for no reason of its own as ever', async () => {
    const { apps } = suite;
    const ids = await apps.people(40);
    const service = apps.serve(LIMITS);
    await apps.desk((desk) => desk.setModes(['hr'], 'hold', BY));
    for (const id of ids.slice(0, 8)) await outcomeOf(deactivate(service, id));
    await apps.desk((desk) => desk.release(1, BY));
    const outcomes = [];
    for (const id of ids.slice(0, 8)) outcomes.push(await outcomeOf(deactivate(service, id)));
    expect(outcomes.filter((one) => one === 'done')).to.have.length(3);
  });
});
