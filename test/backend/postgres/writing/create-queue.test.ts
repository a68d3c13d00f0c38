import { expect } from 'chai';
import { ENTERPRISE_SCHEMA } from '../../../../connector/scim/schema/names.ts';
import { call, everyone } from '../../../conformance/company.ts';
import { CUSTOM_URN, Group, User } from '../../../conformance/people.ts';
import { rejection } from '../../../support/rejection.ts';
import { twoConnectors } from '../two-connectors.ts';

describe('new resources in PostgreSQL', () => {
  const two = twoConnectors();
  const gauge = (name: string): number =>
    two.a.gauges().find((one) => one.name === `postgres_create_${name}`)?.value ?? -1;
  const make = (userName: string, more = {}) => two.a.create(call, User, { userName, ...more });

  it('that come together share a statement, and its commit', async () => {
    await Promise.all(Array.from({ length: 64 }, (_, n) => make(`u${n}`)));
    expect([gauge('operations_total'), gauge('queue')]).to.deep.equal([64, 0]);
    expect(gauge('statements_total')).to.be.at.most(4);
    expect((await two.b.list(call, User, everyone)).total).to.equal(64);
  });

  it('are told of without asking who is in what: nobody is', async () => {
    const rival = await two.rival();
    await rival.run('LOCK TABLE scim.membership IN ACCESS EXCLUSIVE MODE');
    await make('ann');
    await two.a.create(call, Group, { displayName: 'G' });
    await rival.rollBack();
  });

  it('come back as they were asked for, each to who asked for it', async () => {
    const asked = Array.from({ length: 40 }, (_, n) => ({ userName: `U${39 - n}`, emails: [{ value: `${n}@X.org` }] }));
    const made = await Promise.all(asked.map(({ userName, ...more }) => make(userName, more)));
    expect(made.map(({ attributes }) => attributes)).to.deep.equal(asked);
    for (const one of made) expect(await two.b.get(call, User, one.id)).to.deep.equal(one);
  });

  it('take none with them that is refused, whatever for', async () => {
    const { id: boss } = await make('boss');
    const under = (managerId: string) => ({ [ENTERPRISE_SCHEMA]: { manager: { managerId } } });
    const group = { displayName: 'ann' };
    const results = await Promise.allSettled([
      make('ann'),
      make('Boss'),
      make('bob', under('nobody')),
      make('eve', under(boss)),
      make('ann '),
      two.a.create(call, Group, group),
      make('dan', { [CUSTOM_URN]: { skills: ['sql'] }, password: 'Str0ng-enough' }),
    ]);
    const reasons = results.map((one) => (one.status === 'fulfilled' ? 'done' : one.reason.reason));
    expect(reasons).to.deep.equal(['done', 'uniqueness', 'invalidValue', 'done', 'uniqueness', 'done', 'done']);
    expect((await two.b.list(call, User, everyone)).total).to.equal(4);
  });

  it('do not wait for a name that somebody else is about to take', async () => {
    const rival = await two.rival();
    await rival.run(`INSERT INTO scim.resource (id, type, key, display, display_key, created, modified, version, doc, folded)
      VALUES ('1', 'User', 'ann', 'ann', 'ann', 0, 0, 1, '{}', '{}')`);
    const ann = rejection(make('ann'));
    await rival.blocks(1);
    await Promise.all(Array.from({ length: 20 }, (_, n) => make(`u${n}`)));
    await rival.commit();
    expect(await ann).to.include({ reason: 'uniqueness' });
  });

  it('are given up before they are sent, and then nothing was made', async () => {
    const gone = new AbortController();
    const asked = [make('ann'), two.a.create({ ...call, signal: gone.signal }, User, { userName: 'bob' }), make('eve')];
    gone.abort();
    const results = await Promise.allSettled(asked);
    expect(results.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    expect(await rejection(two.a.create({ ...call, signal: gone.signal }, User, { userName: 'dan' }))).to.include({
      reason: 'unavailable',
      fault: 'client-gone',
    });
    expect((await two.b.list(call, User, everyone)).total).to.equal(2);
  });

  it('are told that nobody knows when they are given up while the statement runs', async () => {
    const rival = await two.rival();
    await rival.run(`INSERT INTO scim.resource (id, type, key, display, display_key, created, modified, version, doc, folded)
      VALUES ('1', 'User', 'ann', 'ann', 'ann', 0, 0, 1, '{}', '{}')`);
    const gone = new AbortController();
    const ann = rejection(two.a.create({ ...call, signal: gone.signal }, User, { userName: 'ann' }));
    await rival.blocks(1);
    gone.abort();
    expect(await ann).to.include({ reason: 'unavailable', fault: 'too-slow' });
    await rival.rollBack();
  });
});
