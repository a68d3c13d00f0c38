import { expect } from 'chai';
import type { Walk } from './walk.ts';

/** Groups, and what they show of their members. */
export function grouping({ expectStatus, count, kept, a }: Walk): void {
  it('keeps groups and their members', async () => {
    const member = { value: kept['a'].id };
    const created = await expectStatus(201, 'POST', '/Groups', { displayName: 'G1', members: [member] });
    const g1 = `/Groups/${created.body.id}`;
    kept['g1'] = created.body;
    expect(created.body.members[0]).to.include({ value: member.value, type: 'User' }).and.to.have.property('display');
    expect((await expectStatus(200, 'GET', a())).body.groups).to.deep.equal([
      { value: created.body.id, display: 'G1', type: 'direct' },
    ]);
    await expectStatus(400, 'POST', '/Groups', {});
    await expectStatus(400, 'POST', '/Groups', { displayName: 'x', members: [{ value: 'nope' }] });
    const members = async (body: object): Promise<string[]> =>
      (await expectStatus(200, 'PATCH', g1, body)).body.members.map((m: { value: string }) => m.value);
    expect(await members({ members: [member] })).to.deep.equal([member.value]);
    expect(await members({ members: [{ value: kept['b'].id, operation: 'delete' }] })).to.deep.equal([member.value]);
    expect(await members({ meta: { attributes: ['members'] } })).to.deep.equal([]);
    expect(await members({ meta: { attributes: ['members'] }, members: [member] })).to.deep.equal([member.value]);
    expect(await count('/Groups', `members eq "${member.value}"`)).to.equal(1);
    const g2 = (await expectStatus(201, 'POST', '/Groups', { displayName: 'G2', members: [created.body.id] })).body;
    expect((await expectStatus(200, 'GET', a())).body.groups).to.deep.include({
      value: g2.id,
      display: 'G2',
      type: 'indirect',
    });
  });
}
