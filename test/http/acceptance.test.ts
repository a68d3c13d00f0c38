import { expect } from 'chai';
import { query } from '../support/for-each-backend.ts';
import { type Reply, startServer, stores, type TestServer } from '../support/start-server.ts';

const CORE = 'urn:scim:schemas:core:1.0';
const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';
const token = 'a-token-of-some-length';
const TOKEN = { Authorization: `Bearer ${token}` };

/** All of SCIM 1.1 as one client would walk through it: one order, one store that starts empty. */
for (const store of stores) {
  describe(`acceptance on ${store}`, () => {
    let server: TestServer;
    const replies: Reply[] = [];
    const secrets = ['pw1-secret', 'pw2-secret'];
    // biome-ignore lint/suspicious/noExplicitAny: resources of every shape
    const kept: Record<string, any> = {};

    before(async () => {
      const policy = { put: 'replace', createAgain: 'conflict' } as const;
      server = await startServer({
        store,
        policy,
        token,
        offer: { bulkMaxOperations: 50, bulkMaxPayload: 50_000 },
      });
    });
    after(() => server.close());

    const call = async (method: string, path: string, body?: unknown, headers: object = TOKEN): Promise<Reply> => {
      const reply = await server.request(method, path, body, { ...headers });
      replies.push(reply);
      return reply;
    };
    const expectStatus = async (status: number, ...request: Parameters<typeof call>): Promise<Reply> => {
      const reply = await call(...request);
      expect(reply.status, `${request[0]} ${request[1]}: ${reply.text}`).to.equal(status);
      return reply;
    };
    const count = async (endpoint: string, filter: string): Promise<number> =>
      (await expectStatus(200, 'GET', `${endpoint}${query({ filter })}`)).body.totalResults;
    const a = (): string => `/Users/${kept['a'].id}`;
    const b = (): string => `/Users/${kept['b'].id}`;

    it('shows its configuration, read-only', async () => {
      const { body } = await expectStatus(200, 'GET', '/ServiceProviderConfigs');
      for (const key of ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag', 'xmlDataFormat'])
        expect(body[key].supported).to.be.a('boolean');
      await expectStatus(405, 'POST', '/ServiceProviderConfigs', {});
    });

    it('shows its schemas, by every name', async () => {
      expect((await expectStatus(200, 'GET', '/Schemas')).body.totalResults).to.be.at.least(2);
      const bodies = [];
      for (const id of ['Users', `${CORE}:User`, 'UrN:sCiM:sChEmAs:CoRe:1.0:uSeR'])
        bodies.push((await expectStatus(200, 'GET', `/Schemas/${id}`)).text);
      expect(new Set(bodies).size).to.equal(1);
    });

    it('asks for a credential, and nobody is there', async () => {
      const refused = await expectStatus(401, 'GET', '/Users', undefined, {});
      expect(refused.headers.get('www-authenticate')).to.match(/^Bearer realm=/);
      expect((await expectStatus(200, 'GET', '/Users')).body).to.deep.include({ totalResults: 0, Resources: [] });
    });

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

    it('finds by filter what it should, and refuses the rest', async () => {
      const { created } = kept['a'].meta;
      const offset = new Date(Date.parse(created) + 3_600_000).toISOString().replace('Z', '+01:00');
      for (const [filter, expected] of [
        ['Username Eq "ASILVA"', 1],
        [`${CORE}:userName sw "a"`, 1],
        ['emails co "example.com"', 1],
        ['emails.value co "example.com"', 1],
        ['emails pr', 1],
        ['title pr', 0],
        ['title pr and emails pr or userName pr', 2],
        ['title pr and (emails pr or userName pr)', 0],
        [`meta.created ge "${created}"`, 2],
        [`meta.created ge "${offset}"`, 2],
        [`meta.lastModified lt "${created}"`, 0],
        [`userName eq "asilva" and meta.lastModified ge "${created}"`, 1],
        [`userName eq "asilva" and meta.lastModified gt "${created}"`, 0],
        [`userName eq "asilva" and meta.lastModified ge "${offset}"`, 1],
      ] as const) {
        expect(await count('/Users', filter), filter).to.equal(expected);
      }
      for (const filter of [
        'userName ne "x"',
        'meta.created lte "x"',
        'not (title pr)',
        "userName eq 'x'",
        'userName eq x',
        'foo',
        '(',
        'name eq "x"',
      ]) {
        await expectStatus(400, 'GET', `/Users${query({ filter })}`);
      }
    });

    it('sorts and pages', async () => {
      for (let i = 10; i <= 20; i += 1)
        await expectStatus(201, 'POST', '/Users', { userName: `u${i}`, title: `t${30 - i}` });
      const names = async (path: string): Promise<string[]> =>
        (await expectStatus(200, 'GET', path)).body.Resources.map((r: { userName: string }) => r.userName);
      const sorted = await names('/Users?sortBy=userName&sortOrder=descending');
      expect(sorted).to.deep.equal([...sorted].sort().reverse());
      expect((await names('/Users?sortBy=title')).slice(-2)).to.have.members(['asilva', 'b']);
      expect((await names('/Users?sortBy=title&sortOrder=descending')).slice(0, 2)).to.have.members(['asilva', 'b']);
      const seen = new Set<string>();
      for (const [startIndex, size] of [
        [1, 3],
        [4, 3],
        [7, 3],
        [10, 3],
        [13, 1],
        [14, 0],
      ]) {
        const { body } = await expectStatus(200, 'GET', `/Users?startIndex=${startIndex}&count=3`);
        expect(body).to.include({ totalResults: 13, itemsPerPage: size, startIndex });
        for (const { id } of body.Resources) seen.add(id);
      }
      expect(seen.size).to.equal(13);
      expect((await expectStatus(200, 'GET', '/Users?count=0')).body).to.include({ totalResults: 13, itemsPerPage: 0 });
      for (const bad of ['count=-1', 'count=x', 'startIndex=x']) await expectStatus(400, 'GET', `/Users?${bad}`);
      await expectStatus(200, 'GET', '/Users?foo=bar');
    });

    it('replaces with PUT', async () => {
      const { userName, name, emails } = kept['a'];
      const fresh = { ...TOKEN, 'If-Match': kept['a'].meta.version };
      const { body } = await expectStatus(200, 'PUT', a(), { userName, name, emails }, fresh);
      expect(body).to.not.have.property('nickName');
      expect(body.meta.created).to.equal(kept['a'].meta.created);
      expect(body.meta.version).to.not.equal(kept['a'].meta.version);
      await expectStatus(412, 'PUT', a(), { userName }, fresh);
      await expectStatus(200, 'PUT', a(), { userName, name, emails }, { ...TOKEN, 'If-Match': '*' });
      await expectStatus(404, 'PUT', '/Users/nope', { userName });
      await expectStatus(400, 'PUT', a(), { name });
      await expectStatus(409, 'PUT', a(), { userName: 'b' });
      const odd = await expectStatus(200, 'PUT', a(), {
        userName,
        name,
        emails,
        id: 'x',
        meta: { created: 'x' },
        groups: [{ value: 'x' }],
      });
      expect(odd.body).to.deep.equal(body);
    });

    it('changes with PATCH', async () => {
      const patch = async (body: object): Promise<Record<string, never>> =>
        (await expectStatus(200, 'PATCH', a(), body)).body;
      const remove = (...attributes: string[]): object => ({ meta: { attributes } });
      expect(await patch({ nickName: 'Bee' })).to.include({ nickName: 'Bee', userName: 'asilva' });
      for (let i = 0; i < 2; i += 1) expect(await patch(remove('nickName'))).to.not.have.property('nickName');
      expect(await patch({ ...remove('nickName'), nickName: 'Z' })).to.include({ nickName: 'Z' });
      expect((await patch({ name: { familyName: 'Costa' } }))['name']).to.deep.equal({
        givenName: 'Ana',
        familyName: 'Costa',
      });
      expect((await patch(remove('name.familyName')))['name']).to.deep.equal({ givenName: 'Ana' });
      expect((await patch({ emails: [{ value: 'n@x.org', primary: true }] }))['emails']).to.deep.equal([
        { value: 'ana@example.com' },
        { value: 'n@x.org', primary: true },
      ]);
      for (let i = 0; i < 2; i += 1) {
        expect((await patch({ emails: [{ value: 'n@x.org', operation: 'delete' }] }))['emails']).to.have.length(1);
      }
      await patch({ addresses: [{ type: 'work', locality: 'Porto' }] });
      const moved = {
        addresses: [
          { type: 'work', locality: 'Porto', operation: 'delete' },
          { type: 'work', locality: 'Faro' },
        ],
      };
      expect((await patch(moved))['addresses']).to.deep.equal([{ type: 'work', locality: 'Faro' }]);
      for (const name of ['userName', 'id']) await expectStatus(400, 'PATCH', a(), remove(name));
      const projected = await expectStatus(200, 'PATCH', `${a()}?attributes=userName`, { password: secrets[1] });
      expect(projected.body).to.have.all.keys('schemas', 'id', 'meta', 'userName');
      const set = await patch({ schemas: [CORE, ENTERPRISE], [ENTERPRISE]: { department: 'R&D' } });
      expect(set[ENTERPRISE]).to.deep.equal({ department: 'R&D' });
      expect(await patch(remove(`${ENTERPRISE}:department`))).to.not.have.property(ENTERPRISE);
    });

    it('keeps groups and their members', async () => {
      const member = { value: kept['a'].id };
      const created = await expectStatus(201, 'POST', '/Groups', { displayName: 'G1', members: [member] });
      const g1 = `/Groups/${created.body.id}`;
      kept['g1'] = created.body;
      expect(created.body.members[0]).to.include({ value: member.value, type: 'User' }).and.to.have.property('display');
      expect((await expectStatus(200, 'GET', a())).body.groups).to.deep.equal([
        { value: created.body.id, display: 'G1', type: 'direct' },
      ]);
      await expectStatus(400, 'POST', '/Groups', {});
      await expectStatus(400, 'POST', '/Groups', { displayName: 'x', members: [{ value: 'nope' }] });
      const members = async (body: object): Promise<string[]> =>
        (await expectStatus(200, 'PATCH', g1, body)).body.members.map((m: { value: string }) => m.value);
      expect(await members({ members: [member] })).to.deep.equal([member.value]);
      expect(await members({ members: [{ value: kept['b'].id, operation: 'delete' }] })).to.deep.equal([member.value]);
      expect(await members({ meta: { attributes: ['members'] } })).to.deep.equal([]);
      expect(await members({ meta: { attributes: ['members'] }, members: [member] })).to.deep.equal([member.value]);
      expect(await count('/Groups', `members eq "${member.value}"`)).to.equal(1);
      const g2 = (await expectStatus(201, 'POST', '/Groups', { displayName: 'G2', members: [created.body.id] })).body;
      expect((await expectStatus(200, 'GET', a())).body.groups).to.deep.include({
        value: g2.id,
        display: 'G2',
        type: 'indirect',
      });
    });

    it('takes a POST for another method when told', async () => {
      const as = (method: string): object => ({ ...TOKEN, 'X-HTTP-Method-Override': method });
      expect((await expectStatus(200, 'POST', b(), { nickName: 'x' }, as('PATCH'))).body.nickName).to.equal('x');
      expect((await expectStatus(200, 'POST', b(), { userName: 'b' }, as('PUT'))).body).to.not.have.property(
        'nickName',
      );
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

    it('serves its version and JSON, and no other', async () => {
      const base = server.url.replace(/\/v1$/, '');
      for (const [path, status] of [
        ['/v2/Users', 404],
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

    it('has shown no password in all this, and a code in every refusal', () => {
      expect(replies.length).to.be.greaterThan(150);
      for (const { text, status, body } of replies) {
        for (const secret of secrets) expect(text).to.not.include(secret);
        if (status >= 400) expect(body.Errors[0].code).to.equal(String(status));
      }
    });
  });
}
