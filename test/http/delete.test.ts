import { expect } from 'chai';
import { expectRefusal, forEachBackend, query } from '../support/for-each-backend.ts';

const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';

/** SCIM 1.1 API §3, §3.4, §3.11; Core §5.1, §8. */
forEachBackend('DELETE', {}, (subject) => {
  it('answers 200 with nothing', async () => {
    const { id } = await subject.user({ userName: 'a' });
    const reply = await subject.remove(`/Users/${id}`);
    expect([reply.status, reply.text, reply.headers.get('content-length')]).to.deep.equal([200, '', '0']);
    const group = await subject.group({ displayName: 'g' });
    expect((await subject.remove(`/Groups/${group.id}`)).status).to.equal(200);
  });

  it('makes every later use of the id a 404, whatever its version', async () => {
    const { id, meta } = await subject.user({ userName: 'a' });
    const path = `/Users/${id}`;
    await subject.remove(path);
    const ifMatch = { 'If-Match': meta.version };
    expectRefusal(await subject.get(path, { 'If-None-Match': meta.version }), 404);
    expectRefusal(await subject.put(path, { userName: 'a' }, ifMatch), 404);
    expectRefusal(await subject.patch(path, { nickName: 'x' }, ifMatch), 404);
    expectRefusal(await subject.remove(path, ifMatch), 404);
    expectRefusal(await subject.remove(path, { 'If-Match': '*' }), 404);
    const bulk = await subject.post('/Bulk', { Operations: [{ method: 'DELETE', path }] });
    expect(bulk.body.Operations[0].status.code).to.equal('404');
  });

  it('leaves no trace in lists, filters, groups and other users', async () => {
    const gone = await subject.user({ userName: 'gone', displayName: 'Gone' });
    const stays = await subject.user({ userName: 'stays', [ENTERPRISE]: { manager: { managerId: gone.id } } });
    const group = await subject.group({ displayName: 'G', members: [gone.id, stays.id] });
    await subject.remove(`/Users/${gone.id}`);
    expect(await subject.names('/Users')).to.deep.equal(['stays']);
    expect(await subject.names(`/Users${query({ filter: 'userName eq "gone"' })}`)).to.deep.equal([]);
    const after = (await subject.get(`/Groups/${group.id}`)).body;
    expect(after.members.map((m: { value: string }) => m.value)).to.deep.equal([stays.id]);
    expect(after.meta.version).to.not.equal(group.meta.version);
    const employee = await subject.get(`/Users/${stays.id}`);
    expect(employee.body[ENTERPRISE]?.manager ?? {}).to.not.have.property('displayName');
    // A manager who is gone stays no obstacle to any other change.
    const body = { ...employee.body, nickName: 'x' };
    expect((await subject.put(`/Users/${stays.id}`, body)).body.nickName).to.equal('x');
    await subject.remove(`/Groups/${group.id}`);
    expect((await subject.get(`/Users/${stays.id}`)).body).to.not.have.property('groups');
  });

  it('frees the name for a new resource with a new id', async () => {
    const before = await subject.user({ userName: 'a' });
    await subject.remove(`/Users/${before.id}`);
    expect((await subject.user({ userName: 'A' })).id).to.not.equal(before.id);
  });

  it('deletes nothing when the version is stale', async () => {
    const { id, meta } = await subject.user({ userName: 'a' });
    await subject.patch(`/Users/${id}`, { nickName: 'x' });
    expectRefusal(await subject.remove(`/Users/${id}`, { 'If-Match': meta.version }), 412);
    expect(await subject.names('/Users')).to.deep.equal(['a']);
    const { headers } = await subject.get(`/Users/${id}`);
    expect((await subject.remove(`/Users/${id}`, { 'If-Match': `"0", ${headers.get('etag')}` })).status).to.equal(200);
  });

  it('is refused for a whole endpoint', async () => {
    expectRefusal(await subject.remove('/Users'), 405);
  });
});
