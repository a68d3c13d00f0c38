import { expect } from 'chai';
import { TOKEN, type Walk } from './walk.ts';

/** Two people come to be, `a` and `b`. */
export function making({ expectStatus, kept, secrets, a }: Walk): void {
  it('creates, and refuses to create again', async () => {
    const user = {
      userName: 'asilva',
      emails: ['ana@EXAMPLE.com'],
      name: { givenName: 'Ana', familyName: 'Silva' },
      nickName: 'An',
      password: secrets[0],
    };
    const reply = await expectStatus(201, 'POST', '/Users', user);
    kept['a'] = reply.body;
    const { meta } = reply.body;
    expect([reply.headers.get('location'), reply.headers.get('etag')]).to.deep.equal([meta.location, meta.version]);
    expect(meta.created).to.equal(meta.lastModified);
    expect(reply.body).to.not.have.property('password');
    expect(reply.body.emails[0].value).to.equal('ana@example.com');
    expect((await expectStatus(409, 'POST', '/Users', user)).text).to.include('userName');
    await expectStatus(409, 'POST', '/Users', { userName: 'ASILVA' });
    for (const body of [{}, { userName: '' }, 'not json', '[]']) await expectStatus(400, 'POST', '/Users', body);
  });

  it('ignores read-only attributes and refuses two primaries', async () => {
    const sent = { userName: 'b', id: 'mine', meta: { created: '1999-01-01T00:00:00Z' }, groups: [{ value: 'x' }] };
    kept['b'] = (await expectStatus(201, 'POST', '/Users', sent)).body;
    expect(kept['b'].id).to.not.equal('mine');
    expect(kept['b'].meta.created).to.not.match(/^1999/);
    expect(kept['b']).to.not.have.property('groups');
    const emails = [
      { value: '1@x.org', primary: true },
      { value: '2@x.org', primary: true },
    ];
    await expectStatus(400, 'POST', '/Users', { userName: 'c', emails });
  });

  it('reads by id, with a suffix, in part and on condition, and knows nobody else', async () => {
    const { headers, body } = await expectStatus(200, 'GET', a());
    const etag = headers.get('etag') ?? '';
    expect(headers.get('location')).to.equal(body.meta.location);
    await expectStatus(200, 'GET', `${a()}.json`);
    await expectStatus(404, 'GET', `/Groups/${kept['a'].id}`);
    await expectStatus(404, 'GET', '/Users/nope');
    const projected = (await expectStatus(200, 'GET', `${a()}?attributes=userName,password,NAME.givenName`)).body;
    expect(projected).to.have.all.keys('schemas', 'id', 'meta', 'userName', 'name');
    expect(projected.name).to.deep.equal({ givenName: 'Ana' });
    for (const tag of [etag, '*', `"x",${etag}`])
      await expectStatus(304, 'GET', a(), undefined, { ...TOKEN, 'If-None-Match': tag });
    await expectStatus(200, 'GET', a(), undefined, { ...TOKEN, 'If-None-Match': '"x"' });
  });
}
