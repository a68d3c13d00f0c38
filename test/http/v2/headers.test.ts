import { expect } from 'chai';
import { forEachBackend } from '../../support/for-each-backend.ts';
import { expectError, USER } from '../../support/scim20.ts';

const RIGHT = { Authorization: 'Bearer right' };

forEachBackend('a request of SCIM 2.0', { version: '2.0', token: 'right', maxBody: 4096 }, (subject) => {
  let path: string;
  let version: string;

  beforeEach(async () => {
    const { body } = await subject.post('/Users', { userName: 'ana' }, RIGHT);
    path = `/Users/${body.id}`;
    version = body.meta.version;
  });

  it('says who sends it, with or without the word Bearer [R-2-01 R-2-02 R-2-03 R-2-04 R-2.2-01 O-31]', async () => {
    for (const Authorization of ['Bearer right', 'bearer right', 'right'])
      expect((await subject.get(path, { Authorization })).status, Authorization).to.equal(200);
    for (const [Authorization, method, where] of [
      [undefined, 'GET', path],
      [undefined, 'GET', '/Nothing'],
      [undefined, 'POST', '/Bulk'],
      ['', 'GET', '/Me'],
      ['Bearer wrong', 'POST', '/Users'],
      ['wrong', 'GET', '/Users'],
      ['Basic cmlnaHQ6', 'GET', '/Users'],
    ] as const) {
      const headers = Authorization === undefined ? {} : { Authorization };
      const reply = await subject.request(method, where, method === 'POST' ? {} : undefined, headers);
      expectError(reply, 401);
      expect(reply.headers.get('www-authenticate')).to.match(/^Bearer realm="/);
    }
  });

  it('is not judged by its agent, and told nothing later [O-20 U-21 O-11]', async () => {
    const headers = {
      ...RIGHT,
      'User-Agent': 'Okta SCIM Client 1.0.0',
      Prefer: 'respond-async',
      'X-OKTA-ONPREM-DATA': 'secret',
    };
    const reply = await subject.post('/Users', { userName: 'ben' }, headers);
    expect([reply.status, reply.headers.get('preference-applied')]).to.deep.equal([201, null]);
    expect(JSON.stringify(await subject.server.lines())).to.not.contain('secret');
  });

  for (const [accept, type] of [
    [undefined, 'application/scim+json'],
    ['*/*', 'application/scim+json'],
    ['application/*', 'application/scim+json'],
    ['application/scim+json', 'application/scim+json'],
    ['application/scim+json; charset=utf-8', 'application/scim+json'],
    ['application/json, application/scim+json', 'application/scim+json'],
    ['application/json', 'application/json; charset=utf-8'],
  ] as const)
    it(`is answered in ${type} for ${accept} [R-3.8-01 R-3.8-02 N-09]`, async () => {
      const headers = { ...RIGHT, ...(accept === undefined ? {} : { Accept: accept }) };
      for (const where of [path, '/Users', '/Schemas', '/Users/nobody', '/ServiceProviderConfig']) {
        const reply = await subject.get(where, headers);
        expect(reply.headers.get('content-type'), where).to.equal(type);
      }
      const made = await subject.post('/Users', { userName: 'x' }, headers);
      expect(made.headers.get('content-type')).to.equal(type);
    });

  for (const type of [
    'application/scim+json',
    'application/json',
    'application/json; charset=utf-8',
    'text/json',
    'application/scim+json;charset=UTF-8',
  ])
    it(`may be ${type} [R-3.8-03 L-06]`, async () => {
      expect((await subject.post('/Users', { userName: 'ben' }, { ...RIGHT, 'Content-Type': type })).status).to.equal(
        201,
      );
    });

  it('is no form, no XML, and UTF-8 [R-3.8-03 R-3.8-04]', async () => {
    for (const type of ['application/xml', 'application/x-www-form-urlencoded', 'text/plain'])
      expectError(await subject.post('/Users', 'a=b', { ...RIGHT, 'Content-Type': type }), 415);
    for (const accept of ['text/html', 'application/xml'])
      expectError(await subject.get(path, { ...RIGHT, Accept: accept }), 406);
    const response = await fetch(`${subject.server.url}/Users`, {
      method: 'POST',
      headers: { ...RIGHT, 'Content-Type': 'application/scim+json' },
      body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    });
    expect(response.status).to.equal(400);
    expect(await response.json()).to.include({ scimType: 'invalidSyntax' });
    const get = await subject.get(path, { ...RIGHT, 'Content-Type': 'application/scim+json; charset=utf-8' });
    expect(get.status).to.equal(200);
  });

  it('has keys once, and numbers that a number holds [R-3.8-05]', async () => {
    expectError(await subject.post('/Users', '{"userName":"a","userName":"b"}', RIGHT), 400, 'invalidSyntax');
    expectError(await subject.post('/Users', '{"userName":NaN}', RIGHT), 400, 'invalidSyntax');
    expectError(
      await subject.post('/Users', '{"userName":"a","externalId":12345678901234567890}', RIGHT),
      400,
      'invalidValue',
    );
  });

  it('that is too large is told how large it may be [R-3.12-05]', async () => {
    expectError(
      await subject.post('/Users', { userName: 'x'.repeat(5000) }, RIGHT),
      413,
      undefined,
      /max_(user_)?body \(\d+ bytes\)/,
    );
  });

  it('that changes nothing is read by its version [R-3.14-01 R-3.14-03 R-3.4.1-01 R-3.4.1-04 K-3.1-10]', async () => {
    const plain = await subject.get(path, RIGHT);
    expect(plain.headers.get('etag')).to.equal(version);
    for (const tag of [version, '*', `W/"0", ${version}`]) {
      const same = await subject.get(path, { ...RIGHT, 'If-None-Match': tag });
      expect([same.status, same.text, same.headers.get('etag')]).to.deep.equal([304, '', version]);
    }
    expect((await subject.get(path, { ...RIGHT, 'If-None-Match': 'W/"0"' })).status).to.equal(200);
    const head = await subject.request('HEAD', path, undefined, RIGHT);
    expect([head.status, head.text, head.headers.get('etag')]).to.deep.equal([200, '', version]);
    expect((await subject.request('HEAD', '/Users/nobody', undefined, RIGHT)).status).to.equal(404);
  });

  it('may say which version it means to change [R-3.14-02 R-3.12-04]', async () => {
    for (const tag of ['W/"0"', '"0", W/"x"']) {
      const headers = { ...RIGHT, 'If-Match': tag };
      const Operations = [{ op: 'add', path: 'title', value: 'x' }];
      expectError(await subject.put(path, { userName: 'ana', title: 'x' }, headers), 412);
      expectError(await subject.patch(path, { Operations }, headers), 412);
      expectError(await subject.remove(path, headers), 412);
    }
    for (const tag of [version, version.replace('W/', ''), '*', `W/"0", ${version}`])
      expect((await subject.put(path, { userName: 'ana' }, { ...RIGHT, 'If-Match': tag })).status, tag).to.equal(200);
    expectError(await subject.put(path, { userName: 'ana' }, { ...RIGHT, 'If-Match': 'W/"' }), 400, 'invalidSyntax');
  });

  it('goes to an endpoint that is there, however it is written [R-3.2-02 R-3.2-04 R-3.2-05 R-1.2-01 R-3.11-01]', async () => {
    for (const where of ['/Users/', '//Users', '/users', '/USERS', `${path}/`, path.replace('Users', 'users')])
      expect((await subject.get(where, RIGHT)).status, where).to.equal(200);
    for (const where of ['/Nothing', '/Users/a/b', '/v2/Users', `${path.replace('/Users/', '/Users/x%2F')}`])
      expectError(await subject.get(where, RIGHT), 404);
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      expectError(await subject.request(method, '/Me', method === 'GET' ? undefined : {}, RIGHT), 501);
    for (const [method, where, allow] of [
      ['PUT', '/Users', 'GET, HEAD, POST'],
      ['DELETE', '/Groups', 'GET, HEAD, POST'],
      ['POST', path, 'GET, HEAD, PUT, PATCH, DELETE'],
      ['GET', '/Bulk', 'POST'],
    ] as const) {
      const reply = await subject.request(method, where, method === 'POST' || method === 'PUT' ? {} : undefined, RIGHT);
      expectError(reply, 405);
      expect(reply.headers.get('allow')).to.equal(allow);
    }
  });

  it('may stand for another method [R-3.2-02]', async () => {
    const put = await subject.post(
      path,
      { userName: 'ana', title: 'Chief' },
      { ...RIGHT, 'X-HTTP-Method-Override': 'PUT' },
    );
    expect([put.status, put.body.title]).to.deep.equal([200, 'Chief']);
  });

  it('to create answers with all of it, and where it is [R-3.3-04 R-3.3-05 R-3.3-06 R-3.1-02 K-3.1-07 K-3.1-08 K-3.1-09 R-3.4.1-02]', async () => {
    const { status, headers, body } = await subject.post('/Users', { schemas: [USER], userName: 'ben' }, RIGHT);
    const where = `${subject.server.url}/Users/${body.id}`;
    expect([status, headers.get('location'), headers.get('etag')]).to.deep.equal([201, where, body.meta.version]);
    expect(body.meta).to.include({ resourceType: 'User', location: where, lastModified: body.meta.created });
    expect((await subject.get(`/Users/${body.id}`, RIGHT)).body).to.deep.equal(body);
    expectError(await subject.get('/Users/nobody', RIGHT), 404, undefined, /nobody/);
  });
});
