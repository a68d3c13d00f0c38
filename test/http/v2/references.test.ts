import { expect } from 'chai';
import { forEachBackend } from '../../support/for-each-backend.ts';
import { ENTERPRISE, expectError } from '../../support/scim20.ts';
import { send } from '../../support/send.ts';

forEachBackend('a reference of SCIM 2.0', { version: '2.0' }, (subject) => {
  it('leads to what it names, from wherever it is written [K-2.3.7-01 K-2.3.7-02 K-2.3.7-04 K-2.4-02 K-4.2-02 K-4.2-04]', async () => {
    const { url } = subject.server;
    const { id } = await subject.user({ userName: 'ana' });
    const root = url.replace(/\/v2$/, '');
    for (const $ref of [
      `../Users/${id}`,
      `Users/${id}`,
      `/Users/${id}`,
      `${url}/Users/${id}`,
      `${root}/Users/${id}`,
      `${root}/v1/Users/${id}`,
    ]) {
      const group = await subject.group({ displayName: $ref, members: [{ $ref }, { value: id, $ref: null }] });
      expect(group.members).to.deep.equal([{ value: id, display: 'ana', type: 'User', $ref: `${url}/Users/${id}` }]);
    }
    const { groups } = (await subject.get(`/Users/${id}`)).body;
    expect(groups).to.have.length(6);
    const [{ $ref }] = groups;
    expect((await send($ref, 'GET')).body.members[0].value).to.equal(id);
    expectError(
      await subject.post('/Groups', { displayName: 'x', members: [{ $ref: 'nowhere' }] }),
      400,
      'invalidValue',
    );
  });

  it('to a manager is written in many ways [K-4.3-01 K-4.3-03 N-30]', async () => {
    const { url } = subject.server;
    const boss = await subject.user({ userName: 'boss', displayName: 'The Boss' });
    const manager = { value: boss.id, $ref: `${url}/Users/${boss.id}`, displayName: 'The Boss' };
    for (const [i, sent] of [
      boss.id,
      { value: boss.id },
      { VALUE: boss.id, displayName: 'x' },
      [{ $ref: null, value: boss.id }],
      { $ref: `../Users/${boss.id}` },
    ].entries())
      expect((await subject.user({ userName: `u${i}`, [ENTERPRISE]: { manager: sent } }))[ENTERPRISE]).to.deep.equal({
        manager,
      });
    for (const [i, sent] of ['', null, [], {}].entries())
      expect(await subject.user({ userName: `v${i}`, [ENTERPRISE]: { manager: sent } })).to.not.have.property(
        ENTERPRISE,
      );
    const filter = encodeURIComponent(`${ENTERPRISE}:manager.value eq "${boss.id}"`);
    expect(await subject.names(`/Users?filter=${filter}`)).to.have.length(5);
    expect(await subject.names(`/Users?filter=${filter.replace(boss.id, boss.id.toUpperCase())}`)).to.deep.equal([]);
  });

  it('to a manager who is not there is kept, and named once he is known [K-4.3-04 K-2.3.7-03]', async () => {
    const [early] = [await subject.user({ userName: 'early', [ENTERPRISE]: { manager: 'not-yet', department: 'D' } })];
    const reference = { value: 'not-yet', $ref: `${subject.server.url}/Users/not-yet` };
    expect(early[ENTERPRISE]).to.deep.equal({ manager: reference, department: 'D' });
    expectError(await send(reference.$ref, 'GET'), 404);
    const path = `/Users/${early.id}`;
    expect((await subject.put(path, early)).body.meta.version).to.equal(early.meta.version);
    const Operations = [{ op: 'Replace', path: `${ENTERPRISE}:manager`, value: [{ $ref: null, value: 'nor-this' }] }];
    expect((await subject.patch(path, { Operations })).body[ENTERPRISE].manager.value).to.equal('nor-this');
    const filter = encodeURIComponent(`${ENTERPRISE}:manager.value eq "nor-this"`);
    expect(await subject.names(`/Users?filter=${filter}`)).to.deep.equal(['early']);
    const old = await subject.server.speaking('1.1').request('GET', path);
    const urn = 'urn:scim:schemas:extension:enterprise:1.0';
    expect(old.body[urn].manager).to.deep.equal({ managerId: 'nor-this' });
    expect((await subject.server.speaking('1.1').request('PUT', path, old.body)).status).to.equal(200);
    const refused = { userName: 'late', [urn]: { manager: { managerId: 'nobody' } } };
    expect((await subject.server.speaking('1.1').request('POST', '/Users', refused)).status).to.equal(400);
  });

  it('may go round in a circle [K-4.2-03]', async () => {
    const a = await subject.group({ displayName: 'a' });
    const { id } = await subject.user({ userName: 'ana' });
    const b = await subject.group({ displayName: 'b', members: [{ value: a.id }, { value: id }] });
    await subject.put(`/Groups/${a.id}`, { displayName: 'a', members: [{ value: b.id }] });
    expect((await subject.get(`/Groups/${a.id}`)).body.members).to.deep.equal([
      { value: b.id, display: 'b', type: 'Group', $ref: `${subject.server.url}/Groups/${b.id}` },
    ]);
    expect((await subject.get(`/Users/${id}`)).body.groups.map(({ value }: { value: string }) => value)).to.include(
      b.id,
    );
    expect(await subject.names('/Groups')).to.deep.equal(['a', 'b']);
  });

  it('to a manager is one in both versions [K-4.3-02]', async () => {
    const old = subject.server.speaking('1.1');
    const boss = await subject.user({ userName: 'boss' });
    const urn = 'urn:scim:schemas:extension:enterprise:1.0';
    const { body } = await old.request('POST', '/Users', {
      userName: 'ana',
      [urn]: { manager: { managerId: boss.id } },
    });
    const read = (await subject.get(`/Users/${body.id}`)).body;
    expect(read[ENTERPRISE].manager.value).to.equal(boss.id);
    const put = await subject.put(`/Users/${body.id}`, read);
    expect(put.body.meta.version).to.equal(body.meta.version);
  });
});
