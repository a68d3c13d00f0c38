import { expect } from 'chai';
import type { Change } from '../../../../connector/scim/change.ts';
import { call, everyone } from '../../../conformance/company.ts';
import { Group, User } from '../../../conformance/people.ts';
import { rejection } from '../../../support/rejection.ts';
import { twoConnectors } from '../two-connectors.ts';

describe('a change in PostgreSQL that is cut off', () => {
  const two = twoConnectors();
  const leaving = () => {
    const gone = new AbortController();
    return { gone, caller: { ...call, signal: gone.signal } };
  };

  it('leaves nothing half done where its caller left in the midst of it', async () => {
    const [ann, bob] = await Promise.all(['ann', 'bob'].map((userName) => two.a.create(call, User, { userName })));
    const group = await two.a.create(call, Group, { displayName: 'G', members: [{ value: ann?.id ?? '' }] });
    const rival = await two.rival();
    await rival.run('SELECT FROM scim.resource WHERE id = $1 FOR UPDATE', [bob?.id]);
    const { gone, caller } = leaving();
    const changes: Change[] = [
      { op: 'set', path: { attribute: 'displayName' }, value: 'H' },
      { op: 'set', path: { attribute: 'members' }, value: [{ value: bob?.id ?? '' }] },
    ];
    const cut = rejection(two.a.modify(caller, Group, group.id, changes));
    await rival.blocks(1);
    gone.abort();
    expect(await cut).to.include({ reason: 'unavailable' });
    await rival.commit();
    expect(await two.b.get(call, Group, group.id)).to.deep.equal(group);
    // Nothing of it is held any more.
    await two.b.modify(call, Group, group.id, changes);
    expect((await two.a.get(call, Group, group.id)).attributes['displayName']).to.equal('H');
  });

  it('makes no group without its members', async () => {
    const { id } = await two.a.create(call, User, { userName: 'ann' });
    const rival = await two.rival();
    await rival.run('SELECT FROM scim.resource FOR UPDATE');
    const { gone, caller } = leaving();
    const cut = rejection(two.a.create(caller, Group, { displayName: 'G', members: [{ value: id }] }));
    await rival.blocks(1);
    gone.abort();
    expect(await cut).to.include({ reason: 'unavailable' });
    await rival.commit();
    expect((await two.b.list(call, Group, everyone)).total).to.equal(0);
  });

  it('is waited for when the connector stops, and none is begun any more', async () => {
    const { id } = await two.a.create(call, User, { userName: 'ann' });
    const rival = await two.rival();
    await rival.run('SELECT FROM scim.resource FOR UPDATE');
    const running = two.a.modify(call, User, id, [{ op: 'set', path: { attribute: 'title' }, value: 'Dr' }]);
    await rival.blocks(1);
    const closing = two.a.close();
    expect(await rejection(two.a.delete(call, User, id))).to.include({ fault: 'connector-stopping' });
    await rival.commit();
    await closing;
    expect((await running).attributes['title']).to.equal('Dr');
    expect((await two.b.get(call, User, id)).attributes['title']).to.equal('Dr');
  });
});
