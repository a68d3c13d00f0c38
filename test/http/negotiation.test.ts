import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { expectRefusal, forEachBackend, type Subject } from '../support/for-each-backend.ts';
import { HttpClient } from '../support/http-client.ts';

const user = { userName: 'a' };

/** Sends `text` over a bare socket; answers with all that comes back. */
const raw = (subject: Subject, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port, hostname } = new URL(subject.server.url);
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1'));
    socket.on('data', (part) => {
      answer += part;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });

/** SCIM 1.1 API §3.6, §3.9, §4. */
forEachBackend('negotiation', { maxBody: 1024 }, (subject) => {
  const client = new HttpClient();
  after(() => client.close());

  for (const accept of [
    '*/*',
    'application/*',
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="utf-8";q=0.9;odata=verbose',
    'application/scim+json',
    'text/html, */*;q=0.1',
    'application/xml, application/json',
    'application/xml;q=1, application/json;q=0.1',
  ]) {
    it(`answers application/json to ${accept}`, async () => {
      const reply = await subject.get('/Users', { Accept: accept });
      expect(reply.status).to.equal(200);
      expect(reply.headers.get('content-type')).to.match(/^application\/json/);
    });
  }

  it('answers JSON when nothing is said at all', async () => {
    const reply = await client.send(
      'POST',
      `${subject.server.url}/Users`,
      { 'Content-Length': 16 },
      '{"userName":"a"}',
    );
    expect([reply.status, reply.headers['content-type']]).to.deep.equal([201, 'application/json; charset=utf-8']);
  });

  for (const accept of ['application/xml', 'text/csv', 'application/json;q=0']) {
    it(`refuses ${accept} with 406 in JSON`, async () => {
      expectRefusal(await subject.get('/Users', { Accept: accept }), 406, /only application\/json is offered/);
    });
  }

  it('takes the suffix .json everywhere, against Accept, and never as a part of the id', async () => {
    const xml = { Accept: 'application/xml' };
    const created = await subject.post('/Users.json', user, xml);
    expect(created.status).to.equal(201);
    const { id, meta } = created.body;
    expect(meta.location).to.equal(`${subject.server.url}/Users/${id}`);
    for (const [method, body] of [
      ['GET', undefined],
      ['PUT', user],
      ['PATCH', {}],
    ] as const) {
      const reply = await subject.request(method, `/Users/${id}.json`, body, xml);
      expect([reply.status, reply.body.id], method).to.deep.equal([200, id]);
    }
    expect((await subject.post('/Bulk.json', { Operations: [{}] }, xml)).status).to.equal(200);
    expect((await subject.remove(`/Users/${id}.json`)).status).to.equal(200);
  });

  it('refuses the suffix .xml and bodies in XML politely (part X)', async () => {
    expectRefusal(await subject.get('/Users.xml'), 406, /XML is not supported; ask for JSON/);
    expectRefusal(
      await subject.post('/Users', '<User/>', { 'Content-Type': 'application/xml' }),
      415,
      /found "application\/xml"/,
    );
  });

  for (const type of [
    'application/json',
    'application/json; charset=utf-8',
    'application/scim+json',
    'text/json',
    'APPLICATION/JSON',
  ]) {
    it(`reads ${type}`, async () => {
      expect((await subject.post('/Users', user, { 'Content-Type': type })).status).to.equal(201);
    });
  }

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'nonsense']) {
    it(`refuses a body of ${type}`, async () => {
      expectRefusal(await subject.post('/Users', user, { 'Content-Type': type }), 415, /must be application\/json/);
    });
  }

  for (const [what, bytes] of [
    ['Latin-1, labelled or not', Buffer.from('{"userName":"Andr\u00e9"}', 'latin1')],
    [
      'cut within a letter',
      Buffer.concat([Buffer.from('{"userName":"\u20ac', 'utf8').subarray(0, -1), Buffer.from('"}')]),
    ],
  ] as const) {
    it(`refuses a body that is not UTF-8 instead of storing other letters: ${what}`, async () => {
      const url = `${subject.server.url}/Users`;
      for (const type of ['application/json', 'application/json; charset=iso-8859-1']) {
        const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body: bytes });
        const { detail } = (await response.json()) as { detail: string };
        expect([response.status, detail]).to.satisfy(() => response.status === 400 && /is not UTF-8/.test(detail));
      }
    });
  }

  it('reads gzip, refuses what is none and what it does not know', async () => {
    const url = `${subject.server.url}/Users`;
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
    const response = await fetch(url, { method: 'POST', headers, body: gzipSync('{"userName":"a"}') });
    expect(response.status).to.equal(201);
    for (const encoding of ['gzip', 'deflate', 'br']) {
      const reply = await subject.post('/Users', '{"userName":"b"}', { 'Content-Encoding': encoding });
      expectRefusal(reply, 400, /cannot be decompressed/);
    }
    expectRefusal(await subject.post('/Users', '{}', { 'Content-Encoding': 'zstd' }), 415);
    const bomb = await fetch(url, { method: 'POST', headers, body: gzipSync(`{"a":"${'x'.repeat(100_000)}"}`) });
    expect(bomb.status).to.equal(413);
  });

  it('refuses a body beyond the limit, and names it', async () => {
    expectRefusal(await subject.post('/Users', { userName: 'x'.repeat(1024) }), 413, /server\.max_body \(1024 bytes\)/);
  });

  it('refuses a body that is not there with 400, not 415', async () => {
    const head =
      'POST /scim/v1/Users HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n';
    expect(await raw(subject, head)).to.match(/^HTTP\/1\.1 400 [\s\S]*the body is empty/);
  });

  for (const [what, request, status] of [
    ['an impossible absolute URL', 'GET http://[bad/Users HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
    ['bytes that are no HTTP', 'nonsense\r\n\r\n', 400],
    ['a path of raw bytes', 'GET /scim/v1/Users/\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
    ['two lengths', 'POST /scim/v1/Users HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}', 400],
    ['headers without end', `GET /scim/v1/Users?filter=${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ['the whole server', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 404],
  ] as const) {
    it(`answers ${status} in the shape of SCIM to ${what}`, async () => {
      const [head, body = ''] = (await raw(subject, request)).split('\r\n\r\n');
      expect(head).to.match(new RegExp(`^HTTP/1\\.1 ${status} `));
      const [error] = JSON.parse(body).Errors;
      expect(error.code).to.equal(String(status));
      expect(error.description).to.match(/^\w.* \(ref .{9}\)$/);
    });
  }
});

/** SCIM 1.1 API §3, §3.10. */
forEachBackend('paths', {}, (subject) => {
  const root = (): string => subject.server.url.replace(/\/scim\/v1$/, '');
  const status = async (path: string): Promise<number> => (await fetch(`${root()}${path}`)).status;

  it('may leave the version out, double or end in a slash', async () => {
    for (const path of ['/scim/v1/Users', '/scim/Users', '/scim/v1//Users', '/scim/v1/Users/', '//scim//v1//Users']) {
      expect(await status(path), path).to.equal(200);
    }
    const response = await fetch(`${root()}/scim/Users`, {
      method: 'POST',
      body: JSON.stringify(user),
      headers: { 'Content-Type': 'application/json' },
    });
    expect(response.headers.get('location')).to.match(/^http:\/\/127\.0\.0\.1:\d+\/scim\/v1\/Users\/[0-9a-f-]+$/);
  });

  it('serve no other version and no other place', async () => {
    for (const path of ['/Users', '/', '/scim', '/scim/v1/v1/Users', '/scim/Users/v1/x']) {
      const response = await fetch(`${root()}${path}`);
      const body = (await response.json()) as { Errors: { code: string }[] };
      expect([response.status, body.Errors[0]?.code], path).to.deep.equal([404, '404']);
    }
    // Who asks for a later version reads its errors as the latest writes them.
    for (const path of ['/scim/v3/Users', '/scim/v9/Users']) {
      const response = await fetch(`${root()}${path}`);
      const body = (await response.json()) as { status: string };
      expect([response.status, body.status], path).to.deep.equal([404, '404']);
    }
  });
});

/** SCIM 1.1 API §3.12. */
forEachBackend('X-HTTP-Method-Override', {}, (subject) => {
  const as = (method: string): Record<string, string> => ({ 'X-HTTP-Method-Override': method });

  it('makes a POST act as PUT, PATCH and DELETE, with all that belongs to them', async () => {
    const { id, meta } = await subject.user({ userName: 'a', nickName: 'x' });
    const path = `/Users/${id}.json?attributes=nickName`;
    expect((await subject.post(path, { nickName: 'Bee' }, as('patch'))).body.nickName).to.equal('Bee');
    expectRefusal(await subject.post(path, user, { ...as('PUT'), 'If-Match': meta.version }), 412);
    expect((await subject.post(path, { ...user, nickName: null }, as('PUT'))).body).to.have.all.keys(
      'schemas',
      'id',
      'meta',
    );
    const reply = await subject.post(path, undefined, as('DELETE'));
    expect([reply.status, reply.text]).to.deep.equal([200, '']);
    expect(await subject.names('/Users')).to.deep.equal([]);
  });

  it('knows no other method, and counts on POST alone', async () => {
    const { id } = await subject.user(user);
    for (const method of ['GET', 'POST', 'FOO']) {
      expectRefusal(await subject.post(`/Users/${id}`, {}, as(method)), 400, /must be PUT, PATCH or DELETE/);
    }
    expect((await subject.get(`/Users/${id}`, as('DELETE'))).body.id).to.equal(id);
    const reply = await subject.post(`/Users/${id}`, user);
    expectRefusal(reply, 405);
    expect(reply.headers.get('allow')).to.equal('GET, HEAD, PUT, PATCH, DELETE');
    expectRefusal(await subject.post('/Users', user, as('PUT')), 405);
  });

  it('shows in the log as the method it stands for', async () => {
    const { id } = await subject.user(user);
    await subject.post(`/Users/${id}`, undefined, as('DELETE'));
    const line = (await subject.server.lines()).at(-1);
    expect(line?.message).to.equal('deleteUser');
    expect(line?.fields).to.include({ method: 'DELETE', id });
  });
});
