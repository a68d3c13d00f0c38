import { expect } from 'chai';
import { mapReferences, referencesIn } from '../../connector/protocol/body/bulk-references.ts';
import { forEachBackend } from '../support/for-each-backend.ts';

const group = (bulkId: string, displayName: string, ...members: string[]): object => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName, members },
});

describe('references in bulk', () => {
  it('are never looked for in a password, which may begin in any way', () => {
    const body = { userName: 'bulkId:q', PassWord: 'bulkId:hunter2' };
    expect(referencesIn(body)).to.deep.equal(['q']);
    expect(mapReferences(body, () => 'id')).to.deep.equal({ userName: 'id', PassWord: 'bulkId:hunter2' });
  });
});

forEachBackend('bulk where changes need a version', { policy: { requireIfMatch: true } }, (subject) => {
  it('closes a circle of what it has just made itself', async () => {
    const Operations = [group('a', 'A', 'bulkId:b'), group('b', 'B', 'bulkId:a')];
    const { body } = await subject.post('/Bulk', { Operations });
    expect(body.Operations.map(({ status }: { status: object }) => status)).to.deep.equal([
      { code: '201' },
      { code: '201' },
    ]);
    const { Resources } = (await subject.get('/Groups?sortBy=displayName')).body;
    expect(Resources.map(({ members }: { members: { display: string }[] }) => members[0]?.display)).to.deep.equal([
      'B',
      'A',
    ]);
  });
});

forEachBackend('bulk', {}, (subject) => {
  it('says what it left of a circle that cannot be closed', async () => {
    await subject.group({ displayName: 'taken' });
    const Operations = [group('a', 'taken', 'bulkId:b'), group('b', 'B', 'bulkId:a')];
    const [, b] = (await subject.post('/Bulk', { Operations })).body.Operations;
    expect(b.status.code).to.equal('409');
    expect(b.status.description).to.match(
      /^the Group was created, but not its reference: bulkId "a" leads to an operation that failed/,
    );
    expect((await subject.get(new URL(b.location).pathname.replace(/^.*(?=\/Groups)/, ''))).body.displayName).to.equal(
      'B',
    );
  });

  it('takes null for a bulkId that is not needed', async () => {
    const { id } = await subject.user({ userName: 'ana' });
    const Operations = [{ method: 'DELETE', path: `/Users/${id}`, bulkId: null, version: null, data: null }];
    const { body } = await subject.post('/Bulk', { Operations });
    expect(body.Operations[0].status).to.deep.equal({ code: '200' });
    expect(body.Operations[0]).to.not.have.property('bulkId');
  });
});
