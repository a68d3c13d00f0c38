import { inspect } from 'node:util';
import { expect } from 'chai';
import { forEachBackend, query } from '../../support/for-each-backend.ts';
import { BULK, ENTERPRISE, expectError, PATCH_OP, USER } from '../../support/scim20.ts';
import type { Reply } from '../../support/start-server.ts';

const LIMITS = { bulkMaxOperations: 3, bulkMaxPayload: 2000 };

forEachBackend('a refusal of SCIM 2.0', { version: '2.0', offer: LIMITS }, (subject) => {
  const SECRET = 'cAnary!漢-4711';

  it('has one shape, one line and no secret, whatever is wrong [K-4.1-22 K-2.4-05 R-3.12-01 R-3.12-02 R-3.12-06]', async () => {
    const replies: Reply[] = [];
    const keep = async (reply: Promise<Reply>): Promise<Reply> => {
      replies.push(await reply);
      return reply;
    };
    const password = SECRET;
    const { body: ana } = await keep(subject.post('/Users', { schemas: [USER], userName: 'ana', password }));
    const path = `/Users/${ana.id}`;
    const patch = (...Operations: readonly object[]): Promise<Reply> =>
      keep(subject.patch(path, { schemas: [PATCH_OP], Operations }));
    await patch({ op: 'replace', value: { password } });
    await patch({ op: 'replace', path: 'password', value: password });
    await patch({ op: 'replace', path: 'password', value: [password, password] });
    await patch({ op: 'replace', path: `password[value eq "${password}"]`, value: 'x' });
    await patch({ op: 'replace', path: `emails[value eq "${password}"`, value: 'x' });
    await patch({ op: 'replace', path: `emailz[value eq "${password}"].value`, value: 'x' });
    await patch({ op: 'replace', value: { [`emailz[value eq "${password}"].value`]: 'x' } });
    await patch({ op: password, path: 'password', value: password });
    await patch({ op: 'replace', path: 'password', value: { password } });
    await patch({ op: 'replace', path: 'userName', value: null }, { op: 'replace', path: 'password', value: password });
    await keep(subject.post('/Users', { schemas: [USER], userName: 'ana', password }));
    await keep(subject.post('/Users', { schemas: [USER], userName: 'ben', password: { value: password } }));
    await keep(subject.post('/Users', `{"password":"${password}"`));
    await keep(subject.put(path, { schemas: [USER], userName: 'ana', password, active: 'never' }));
    await keep(subject.put(path, { schemas: [USER], userName: 'ana', password }));
    for (const filter of [
      `password eq "${password}"`,
      `password eq '${password}'`,
      `emails[password eq "${password}"]`,
    ])
      await keep(subject.get(`/Users${query({ filter })}`));
    await keep(subject.get('/Users?sortBy=password'));
    await keep(subject.get(`${path}?attributes=password`));
    await keep(subject.post('/Users/.search', { attributes: ['password'], filter: `password sw "${password}"` }));
    const Operations = [
      { method: 'PUT', path, data: { userName: 'ana', password } },
      { method: 'PATCH', path, data: [{ op: 'replace', path: 'password', value: password }] },
      { method: 'POST', path: '/Users', bulkId: 'q', data: { userName: 'ana', password } },
    ];
    await keep(subject.post('/Bulk', { schemas: [BULK], Operations }));
    const log = inspect(await subject.server.lines(), { depth: 12, maxStringLength: null, maxArrayLength: null });
    for (const seen of [log, ...replies.map(({ text, headers }) => text + JSON.stringify([...headers]))])
      for (const form of [SECRET, encodeURIComponent(SECRET), SECRET.slice(0, 6)])
        expect(seen.includes(form), seen).to.equal(false);
    const refused = replies.filter(({ status }) => status >= 400);
    expect(refused.length).to.be.above(12);
    for (const reply of refused) expectError(reply, reply.status, reply.body.scimType);
    for (const { text } of replies) expect(text).to.not.match(/"password"\s*:/i);
  });

  it('of too much names the limit, and nothing is done [R-3.7-05 R-3.12-05]', async () => {
    const make = (i: number, more = {}): object => ({
      method: 'POST',
      path: '/Users',
      bulkId: `b${i}`,
      data: { schemas: [USER], userName: `u${i}`, ...more },
    });
    const bulk = (operations: readonly object[]): Promise<Reply> =>
      subject.post('/Bulk', { schemas: [BULK], Operations: operations });
    expectError(await bulk([0, 1, 2, 3].map((i) => make(i))), 413, undefined, /maxOperations \(3\)/);
    expectError(await bulk([make(0, { title: 'x'.repeat(2000) })]), 413, undefined, /maxPayloadSize \(2000 bytes\)/);
    expect(await subject.names('/Users')).to.deep.equal([]);
    expect(
      (await bulk([0, 1, 2].map((i) => make(i)))).body.Operations.map(({ status }: { status: string }) => status),
    ).to.deep.equal(['201', '201', '201']);
  });

  it('speaks of attributes as its client does', async () => {
    const body = {
      schemas: [USER, ENTERPRISE],
      userName: 'ana',
      [ENTERPRISE]: { manager: { value: [], displayName: 7 }, department: {} },
    };
    const text = expectError(await subject.post('/Users', body), 400, 'invalidValue');
    expect(text).to.contain('enterprise:2.0').and.not.contain('urn:scim:');
  });
});
