import { expect } from 'chai';
import { forEachBackend } from '../support/for-each-backend.ts';

const MOST = 1000;

/** SCIM 1.1 API §3.3.2: 200 with the resource, or 204. */
forEachBackend('a large group', { offer: { bulkMaxOperations: 2000, bulkMaxPayload: 10_000_000 } }, (subject) => {
  const people = async (count: number): Promise<string[]> => {
    const Operations = Array.from({ length: count }, (_, i) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `b${i}`,
      data: { userName: `user${i}` },
    }));
    const { body } = await subject.post('/Bulk', { Operations });
    return body.Operations.map(({ location }: { location: string }) => location.split('/').at(-1));
  };

  it('is answered 204 to a PATCH from a thousand members on, and 200 with what is asked for', async () => {
    const ids = await people(MOST + 1);
    const [one] = ids;
    const { id } = await subject.group({ displayName: 'G', members: ids.slice(1) });
    const path = `/Groups/${id}`;
    const full = await subject.patch(path, { displayName: 'H' });
    expect(full.status).to.equal(200);
    expect(full.body.members).to.have.length(MOST);
    const more = await subject.patch(path, { members: [one] });
    expect([more.status, more.text]).to.deep.equal([204, '']);
    const whole = await subject.get(path);
    expect(whole.body.members).to.have.length(MOST + 1);
    expect(more.headers.get('etag')).to.equal(whole.headers.get('etag'));
    expect(more.headers.get('location')).to.equal(whole.headers.get('location'));
    for (const same of [{ members: [one] }, { displayName: 'H' }]) {
      const reply = await subject.patch(path, same);
      expect([reply.status, reply.headers.get('etag')]).to.deep.equal([204, more.headers.get('etag')]);
    }
    const named = await subject.patch(`${path}?attributes=displayName`, { displayName: 'I' });
    expect([named.status, named.body.displayName]).to.deep.equal([200, 'I']);
    const asked = await subject.patch(`${path}?attributes=members`, { displayName: 'J' });
    expect(asked.body.members).to.have.length(MOST + 1);
    const put = await subject.put(path, { displayName: 'J', members: ids });
    expect([put.status, put.body.members.length]).to.deep.equal([200, MOST + 1]);
    const less = await subject.patch(path, { members: [{ value: one, operation: 'delete' }] });
    expect([less.status, less.body.members.length]).to.deep.equal([200, MOST]);
  });
});
