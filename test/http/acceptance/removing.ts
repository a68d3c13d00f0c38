import { expect } from 'chai';
import { TOKEN, type Walk } from './walk.ts';

/** The end of `b`, by a POST that stands for another method, and of `a`. */
export function removing({ expectStatus, call, count, kept, a, b }: Walk): void {
  it('takes a POST for another method when told', async () => {
    const as = (method: string): object => ({ ...TOKEN, 'X-HTTP-Method-Override': method });
    expect((await expectStatus(200, 'POST', b(), { nickName: 'x' }, as('PATCH'))).body.nickName).to.equal('x');
    expect((await expectStatus(200, 'POST', b(), { userName: 'b' }, as('PUT'))).body).to.not.have.property('nickName');
    await expectStatus(405, 'POST', b(), { userName: 'b' });
    await expectStatus(200, 'POST', b(), undefined, as('DELETE'));
    await expectStatus(404, 'GET', b());
  });

  it('deletes', async () => {
    const version = (await call('GET', a())).headers.get('etag') ?? '';
    await expectStatus(412, 'DELETE', a(), undefined, { ...TOKEN, 'If-Match': '"stale"' });
    expect((await expectStatus(200, 'DELETE', a(), undefined, { ...TOKEN, 'If-Match': version })).text).to.equal('');
    for (const method of ['DELETE', 'GET', 'PUT', 'PATCH'])
      await expectStatus(404, method, a(), method === 'GET' ? undefined : { userName: 'asilva' });
    expect(await count('/Users', 'userName eq "asilva"')).to.equal(0);
    expect((await call('GET', `/Groups/${kept['g1'].id}`)).body.members).to.deep.equal([]);
    expect((await expectStatus(201, 'POST', '/Users', { userName: 'asilva' })).body.id).to.not.equal(kept['a'].id);
  });
}
