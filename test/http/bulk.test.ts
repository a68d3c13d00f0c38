import { expect } from 'chai';
import { expectRefusal, forEachBackend } from '../support/for-each-backend.ts';
import { codes, idOf, newGroup, newUser, run } from './bulk-job.ts';

/** SCIM 1.1 API §3, §3.5. */
forEachBackend('bulk', { offer: { bulkMaxOperations: 20, bulkMaxPayload: 20_000 } }, (subject) => {
  it('runs a mixed job, each operation as if it came alone', async () => {
    const [put, patch, gone] = [
      await subject.user({ userName: 'put' }),
      await subject.user({ userName: 'patch', nickName: 'x' }),
      await subject.user({ userName: 'gone' }),
    ];
    const results = await run(subject, [
      newUser('q'),
      newGroup('g', 'bulkId:q'),
      { method: 'put', path: `/Users/${put.id}`, bulkId: 'p', version: '"stale"', data: { userName: 'put' } },
      {
        method: 'PATCH',
        path: `/Users/${patch.id}`,
        version: `"x", ${patch.meta.version}`,
        data: { meta: { attributes: ['nickName'] }, title: 'Lead' },
      },
      { method: 'DELETE', path: `/Users/${gone.id}`, version: '*', data: { ignored: true } },
    ]);
    expect(codes(results)).to.deep.equal(['201', '201', '412', '200', '200']);
    expect(results.map(({ method }) => method)).to.deep.equal(['POST', 'POST', 'PUT', 'PATCH', 'DELETE']);
    expect(results.map(({ bulkId }) => bulkId)).to.deep.equal(['q', 'g', 'p', undefined, undefined]);
    expect(results[2]).to.include({ location: put.meta.location, version: put.meta.version });
    expect(results[4]?.location).to.equal(gone.meta.location);
    expect(results[4]).to.not.have.property('version');
    const group = (await subject.get(`/Groups/${idOf(results[1])}`)).body;
    expect(group.members[0].value).to.equal(idOf(results[0]));
    expect(results[1]?.version).to.equal(group.meta.version);
    expect((await subject.get(`/Users/${patch.id}`)).body)
      .to.include({ title: 'Lead' })
      .and.not.have.property('nickName');
  });

  const invalid: readonly (readonly [string, unknown, string])[] = [
    ['no method', { path: '/Users', bulkId: 'q', data: { userName: 'a' } }, '400'],
    ['GET', { method: 'GET', path: '/Users' }, '405'],
    ['no bulkId', { method: 'POST', path: '/Users', data: { userName: 'a' } }, '400'],
    ['a bulkId that is no text', { method: 'POST', path: '/Users', bulkId: 1, data: { userName: 'a' } }, '400'],
    ['no path', { method: 'POST', bulkId: 'q', data: { userName: 'a' } }, '400'],
    ['no data', { method: 'POST', path: '/Users', bulkId: 'q' }, '400'],
    ['data that is a list', { method: 'POST', path: '/Users', bulkId: 'q', data: [] }, '400'],
    ['POST to a resource', { method: 'POST', path: '/Users/1', bulkId: 'q', data: { userName: 'a' } }, '400'],
    ['DELETE of an endpoint', { method: 'DELETE', path: '/Users' }, '400'],
    ['an unknown endpoint', { method: 'DELETE', path: '/Devices/1' }, '404'],
    ['/Bulk', { method: 'POST', path: '/Bulk', bulkId: 'q', data: {} }, '400'],
    ['/Schemas', { method: 'PUT', path: '/Schemas/User', data: {} }, '400'],
    ['an absolute URL', { method: 'DELETE', path: 'https://x.org/Users/1' }, '400'],
    ['a way up', { method: 'DELETE', path: '/Users/../Groups/1' }, '400'],
    ['an unknown reference', newGroup('g', 'bulkId:nobody'), '409'],
    ['a missing resource', { method: 'PATCH', path: '/Users/nope', data: {} }, '404'],
    ['a version that cannot be read', { method: 'DELETE', path: '/Users/nope', version: '"x' }, '400'],
    ['a version that is no text', { method: 'DELETE', path: '/Users/nope', version: 3 }, '400'],
    ['missing attributes', newUser('q', {}), '400'],
    ['no object', 'DELETE', '400'],
    ['null', null, '400'],
  ];
  for (const [what, operation, code] of invalid) {
    it(`answers 200 with ${code} inside for ${what}`, async () => {
      const results = await run(subject, [operation, newUser('fine')]);
      expect(codes(results)).to.deep.equal([code, '201']);
      if ((operation as { method?: string })?.method === 'POST') expect(results[0]).to.not.have.property('location');
      expect(await subject.names('/Users')).to.deep.equal(['fine']);
    });
  }

  it('takes a trailing slash, no leading slash and keys in any case', async () => {
    const operations = [
      { METHOD: 'post', Path: 'Users/', BulkId: 'a', DATA: { userName: 'a' } },
      { method: 'POST', path: '/Groups/', bulkId: 'g', data: { displayName: 'g' } },
    ];
    const reply = await subject.post('/Bulk', { operations });
    expect(codes(reply.body.Operations)).to.deep.equal(['201', '201']);
  });

  it('lets the first of two equal bulkIds stand', async () => {
    const results = await run(subject, [newUser('q', { userName: 'a' }), newUser('q', { userName: 'b' })]);
    expect(codes(results)).to.deep.equal(['201', '400']);
    expect(results[1]?.bulkId).to.equal('q');
  });

  it('stops with the failure that reaches failOnErrors', async () => {
    const failing = Array.from({ length: 10 }, (_, i) => ({ method: 'DELETE', path: `/Users/${i}` }));
    for (const [rest, count] of [
      [{ failOnErrors: 1 }, 1],
      [{ failOnErrors: 9 }, 9],
      [{ failOnErrors: 10 }, 10],
      [{ failOnErrors: null }, 11],
      [{}, 11],
    ] as const) {
      expect(await run(subject, [...failing, newUser(`u${count}${'failOnErrors' in rest}`)], rest)).to.have.length(
        count,
      );
    }
    expect(await subject.names('/Users')).to.have.length(2);
  });

  for (const [what, body] of [
    ['failOnErrors of 0', { failOnErrors: 0, Operations: [{}] }],
    ['a negative failOnErrors', { failOnErrors: -1, Operations: [{}] }],
    ['failOnErrors of 1.5', { failOnErrors: 1.5, Operations: [{}] }],
    ['failOnErrors as text', { failOnErrors: '1', Operations: [{}] }],
    ['no Operations', {}],
    ['empty Operations', { Operations: [] }],
    ['Operations that are no list', { Operations: { method: 'POST' } }],
  ] as const) {
    it(`refuses ${what} as a whole`, async () => {
      expectRefusal(await subject.post('/Bulk', body), 400, /^(failOnErrors|Operations) must/);
    });
  }

  it('refuses one operation more than maxOperations, does none of them, and takes exactly as many', async () => {
    const operations = Array.from({ length: 21 }, (_, i) => newUser(`u${i}`));
    expectRefusal(await subject.post('/Bulk', { Operations: operations }), 413, /maxOperations \(20\)/);
    expect(await subject.names('/Users')).to.deep.equal([]);
    expect(codes(await run(subject, operations.slice(1)))).to.have.length(20);
  });

  it('refuses one byte more than maxPayloadSize, and takes exactly as many', async () => {
    const build = (bytes: number): string => {
      const text = JSON.stringify({ Operations: [newUser('q')] });
      return `${text}${' '.repeat(bytes - Buffer.byteLength(text))}`;
    };
    expectRefusal(await subject.post('/Bulk', build(20_001)), 413, /maxPayloadSize \(20000 bytes\)/);
    expect(await subject.names('/Users')).to.deep.equal([]);
    expect((await subject.post('/Bulk', build(20_000))).status).to.equal(200);
  });

  it('counts bytes that come in chunks without a length', async () => {
    const body = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 30; i += 1) controller.enqueue(new TextEncoder().encode(' '.repeat(1000)));
        controller.close();
      },
    });
    const init = { method: 'POST', body, duplex: 'half', headers: { 'Content-Type': 'application/json' } };
    const response = await fetch(`${subject.server.url}/Bulk`, init as RequestInit);
    expect(response.status).to.equal(413);
    expect(((await response.json()) as { Errors: { code: string }[] }).Errors[0]?.code).to.equal('413');
  });

  it('is no matter of If-Match and attributes', async () => {
    const reply = await subject.post('/Bulk?attributes=schemas', { Operations: [newUser('q')] }, { 'If-Match': '"x"' });
    expect(codes(reply.body.Operations)).to.deep.equal(['201']);
  });

  it('is POSTed', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      expect(expectRefusal(await subject.request(method, '/Bulk'), 405)).to.match(/allowed: POST/);
    }
  });
});

/** SCIM 1.1 Core §9. */
forEachBackend('bulk that is off', { offer: { bulk: false, patch: false } }, (subject) => {
  it('answers 501 and still names its limits', async () => {
    expectRefusal(await subject.post('/Bulk', { Operations: [newUser('q')] }), 501, /bulk is switched off/);
    const { bulk } = (await subject.get('/ServiceProviderConfigs')).body;
    expect(bulk).to.deep.equal({ supported: false, maxOperations: 1000, maxPayloadSize: 1_048_576 });
  });
});

forEachBackend('bulk without PATCH', { offer: { patch: false } }, (subject) => {
  it('answers 501 for the operation alone, and closes circles all the same', async () => {
    const { id } = await subject.user({ userName: 'a' });
    const operations = [
      { method: 'PATCH', path: `/Users/${id}`, data: {} },
      newGroup('a', 'bulkId:b'),
      newGroup('b', 'bulkId:a'),
    ];
    expect(codes(await run(subject, operations))).to.deep.equal(['501', '201', '201']);
  });
});
