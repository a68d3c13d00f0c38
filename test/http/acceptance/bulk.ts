import { expect } from 'chai';
import { CORE, type Walk } from './walk.ts';

/** Many operations in one request. */
export function bulk({ expectStatus, count, kept, secrets }: Walk): void {
  it('runs bulk jobs', async () => {
    const run = async (Operations: object[], rest = {}): Promise<string[]> =>
      (await expectStatus(200, 'POST', '/Bulk', { schemas: [CORE], ...rest, Operations })).body.Operations.map(
        (o: { status: { code: string } }) => o.status.code,
      );
    const post = (path: string, bulkId: string, data: object): object => ({ method: 'POST', path, bulkId, data });
    expect(
      await run([
        post('/Users', 'q', { userName: 'alice', password: secrets[0] }),
        post('/Groups', 'g', { displayName: 'Guides', members: [{ value: 'bulkId:q' }] }),
        { method: 'PUT', path: '/Users/b7c1', version: 'W/"7"', data: { userName: 'bob' } },
        { method: 'DELETE', path: `/Groups/${kept['g1'].id}`, version: '"stale"' },
      ]),
    ).to.deep.equal(['201', '201', '404', '412']);
    const failing = [1, 2, 3].map((i) => ({ method: 'DELETE', path: `/Users/${i}` }));
    expect(await run(failing, { failOnErrors: 1 })).to.have.length(1);
    expect(await run(failing, { failOnErrors: 2 })).to.have.length(2);
    expect(await run(failing)).to.have.length(3);
    expect(
      await run([{ path: '/Users' }, post('/Users/1', 'x', {}), { method: 'DELETE', path: '/Users' }]),
    ).to.deep.equal(['400', '400', '400']);
    const circle = [
      post('/Groups', 'x', { displayName: 'X', members: [{ value: 'bulkId:y' }] }),
      post('/Groups', 'y', { displayName: 'Y', members: [{ value: 'bulkId:x' }, { value: 'bulkId:z' }] }),
      post('/Users', 'z', { userName: 'zoe' }),
      post('/Groups', 'w', { displayName: 'W', members: [{ value: 'bulkId:nobody' }] }),
    ];
    expect(await run(circle)).to.deep.equal(['201', '201', '201', '409']);
    const many = Array.from({ length: 51 }, (_, i) => post('/Users', `m${i}`, { userName: `m${i}` }));
    expect((await expectStatus(413, 'POST', '/Bulk', { Operations: many })).text).to.include('maxOperations');
    expect((await expectStatus(413, 'POST', '/Bulk', { x: 'x'.repeat(50_000) })).text).to.include('maxPayloadSize');
    expect(await count('/Users', 'userName sw "m"')).to.equal(0);
  });
}
