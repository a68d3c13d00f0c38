import { expect } from 'chai';
import { forEachBackend } from '../support/for-each-backend.ts';
import { codes, idOf, newGroup, newUser, run } from './bulk-job.ts';

const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';

/** SCIM 1.1 API §3.5; Core §8. */
forEachBackend('references in bulk', {}, (subject) => {
  it('resolves references backwards, in extensions, in paths and in updates', async () => {
    const existing = await subject.user({ userName: 'existing' });
    const results = await run(subject, [
      newGroup('g', 'bulkId:later', 'bulkId:boss'),
      newUser('later', { userName: 'later', [ENTERPRISE]: { manager: { managerId: 'bulkId:boss' } } }),
      newUser('boss'),
      {
        method: 'PUT',
        path: `/Users/${existing.id}`,
        data: { userName: 'existing', [ENTERPRISE]: { manager: { managerId: 'bulkId:boss' } } },
      },
      { method: 'PATCH', path: '/Users/bulkId:boss', data: { title: 'Boss' } },
    ]);
    expect(codes(results)).to.deep.equal(['201', '201', '201', '200', '200']);
    const [group, later, boss] = results.map(idOf);
    const { members } = (await subject.get(`/Groups/${group}`)).body;
    expect(members.map((m: { value: string }) => m.value)).to.have.members([later, boss]);
    for (const id of [later, existing.id]) {
      expect((await subject.get(`/Users/${id}`)).body[ENTERPRISE].manager.managerId).to.equal(boss);
    }
    expect((await subject.get(`/Users/${boss}`)).body.title).to.equal('Boss');
  });

  it('closes circles of groups, of managers, and a group in itself', async () => {
    const managed = (bulkId: string, by: string): object =>
      newUser(bulkId, { userName: bulkId, [ENTERPRISE]: { division: 'x', manager: { managerId: `bulkId:${by}` } } });
    const results = await run(subject, [
      newGroup('a', 'bulkId:b'),
      newGroup('b', 'bulkId:c'),
      newGroup('c', 'bulkId:a'),
      newGroup('self', 'bulkId:self'),
      managed('x', 'y'),
      managed('y', 'x'),
    ]);
    expect(codes(results)).to.deep.equal(['201', '201', '201', '201', '201', '201']);
    const [a, b, c, self, x, y] = results.map(idOf);
    for (const [id, member] of [
      [a, b],
      [b, c],
      [c, a],
      [self, self],
    ]) {
      expect((await subject.get(`/Groups/${id}`)).body.members.map((m: { value: string }) => m.value)).to.deep.equal([
        member,
      ]);
    }
    for (const [id, manager] of [
      [x, y],
      [y, x],
    ]) {
      const block = (await subject.get(`/Users/${id}`)).body[ENTERPRISE];
      expect(block).to.deep.equal({ division: 'x', manager: { managerId: manager } });
    }
    for (const [index, result] of results.entries()) {
      const path = `/${index < 4 ? 'Groups' : 'Users'}/${idOf(result)}`;
      expect(result.version).to.equal((await subject.get(path)).body.meta.version);
    }
  });

  it('gives 409 to what refers to a failure', async () => {
    await subject.user({ userName: 'taken' });
    const results = await run(subject, [newGroup('g', 'bulkId:q'), newUser('q', { userName: 'taken', title: 'x' })]);
    expect(codes(results)).to.deep.equal(['409', '409']);
    expect(results[0]?.status.description).to.match(/bulkId "q" leads to an operation that failed/);
    expect(await subject.names('/Groups')).to.deep.equal([]);
  });

  it('says of no place where a reference that leads nowhere should be', async () => {
    const results = await run(subject, [
      newUser('q', { userName: '' }),
      { method: 'PUT', path: '/Users/bulkId:q', data: { userName: 'x' } },
      { method: 'DELETE', path: '/Groups/bulkId:none' },
    ]);
    expect(codes(results)).to.deep.equal(['400', '409', '409']);
    expect(results.map(({ location }) => location)).to.deep.equal([undefined, undefined, undefined]);
  });

  it('takes a reference only for a whole text, never for a part of one', async () => {
    const results = await run(subject, [newUser('q', { userName: 'a', title: 'see bulkId:q' })]);
    expect((await subject.get(`/Users/${idOf(results[0])}`)).body.title).to.equal('see bulkId:q');
  });
});
