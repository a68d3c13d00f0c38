import { expect } from 'chai';
import type { Reply } from '../../support/start-server.ts';
import { TOKEN, type Walk } from './walk.ts';

/** Versions, formats, and a race. */
export function negotiating({ expectStatus, call, server }: Walk): void {
  it('serves its version and JSON, and no other', async () => {
    const base = server().url.replace(/\/v1$/, '');
    for (const [path, status] of [
      ['/v2/Users', 200],
      ['/v3/Users', 404],
      ['/Users', 200],
    ] as const) {
      expect((await fetch(`${base}${path}`, { headers: TOKEN })).status).to.equal(status);
    }
    await expectStatus(406, 'GET', '/Users', undefined, { ...TOKEN, Accept: 'application/xml' });
    await expectStatus(200, 'GET', '/Users', undefined, { ...TOKEN, Accept: '*/*' });
    await expectStatus(406, 'GET', '/Users', undefined, { ...TOKEN, Accept: 'text/csv' });
    await expectStatus(415, 'POST', '/Users', 'x', { ...TOKEN, 'Content-Type': 'text/plain' });
  });

  it('lets exactly one of fifty PUTs with one version pass', async () => {
    const { id, meta } = (await expectStatus(201, 'POST', '/Users', { userName: 'racer' })).body;
    const put = (i: number): Promise<Reply> =>
      call('PUT', `/Users/${id}`, { userName: 'racer', title: `${i}` }, { ...TOKEN, 'If-Match': meta.version });
    const statuses = (await Promise.all(Array.from({ length: 50 }, (_, i) => put(i)))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).to.have.length(1);
    expect(statuses.filter((status) => status === 412)).to.have.length(49);
  });
}
