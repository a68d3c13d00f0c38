import { expect } from 'chai';
import { expectRefusal, forEachBackend } from '../support/for-each-backend.ts';

const verbs = ['PUT', 'PATCH', 'DELETE'] as const;

/** SCIM 1.1 API §3.2.2, §3.11. */
forEachBackend('versions', {}, (subject) => {
  it('answer 304 and no body while nothing changed', async () => {
    const { id, meta } = await subject.user({ userName: 'a' });
    for (const tag of [meta.version, '*', `"x", ${meta.version}`, meta.version.slice(2)]) {
      for (const path of [`/Users/${id}`, `/Users/${id}?attributes=userName`]) {
        const reply = await subject.get(path, { 'If-None-Match': tag });
        expect([reply.status, reply.text, reply.headers.get('etag')], tag).to.deep.equal([304, '', meta.version]);
      }
    }
    expect((await subject.get(`/Users/${id}`, { 'If-None-Match': '"x"' })).status).to.equal(200);
    await subject.patch(`/Users/${id}`, { nickName: 'x' });
    expect((await subject.get(`/Users/${id}`, { 'If-None-Match': meta.version })).status).to.equal(200);
  });

  it('are not kept for lists and configuration', async () => {
    for (const path of ['/Users', '/ServiceProviderConfigs', '/Schemas']) {
      const reply = await subject.get(path, { 'If-None-Match': '*' });
      expect([reply.status, reply.headers.get('etag')], path).to.deep.equal([200, null]);
    }
  });

  it('differ after every change, however fast', async () => {
    const { id, meta } = await subject.user({ userName: 'a' });
    const seen = new Set([meta.version]);
    for (let i = 0; i < 10; i += 1)
      seen.add((await subject.patch(`/Users/${id}`, { nickName: `${i}` })).body.meta.version);
    expect(seen.size).to.equal(11);
  });

  for (const verb of verbs) {
    it(`guard ${verb}: fresh, listed and * pass, stale is 412 with the current one`, async () => {
      for (const [build, passes] of [
        [(v: string) => v, true],
        [(v: string) => `"other", ${v}`, true],
        [(v: string) => v.replace('W/', ''), true],
        [(v: string) => v.replace('W/', '').replaceAll('"', ''), true],
        [() => '*', true],
        [() => '', true],
        [() => '"stale"', false],
        [(v: string) => `W/"x${v.slice(3)}`, false],
      ] as const) {
        const { id, meta } = await subject.user({ userName: 'a' });
        const path = `/Users/${id}`;
        const reply = await subject.request(
          verb,
          path,
          { userName: 'a', title: 'x' },
          { 'If-Match': build(meta.version) },
        );
        if (passes) {
          expect(reply.status, reply.text).to.equal(200);
        } else {
          expectRefusal(reply, 412, /^User "[0-9a-f-]+" has changed since it was last retrieved/);
          expect(reply.headers.get('etag')).to.equal(meta.version);
          expect((await subject.get(path)).body).to.not.have.property('title');
        }
        await subject.remove(path);
      }
    });

    it(`refuse ${verb} when they cannot be read`, async () => {
      const { id } = await subject.user({ userName: 'a' });
      for (const tag of ['"open', 'W/"', '"a" "b"', 'a b']) {
        const reply = await subject.request(verb, `/Users/${id}`, { userName: 'a', title: 'x' }, { 'If-Match': tag });
        expectRefusal(reply, 400, /^If-Match must be \* or a list of versions/);
      }
    });
  }

  it('let exactly one of fifty PUTs with one version pass', async () => {
    const { id, meta } = await subject.user({ userName: 'a' });
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        subject.put(`/Users/${id}`, { userName: 'a', nickName: `n${i}` }, { 'If-Match': meta.version }),
      ),
    );
    const passed = replies.filter(({ status }) => status === 200);
    expect(passed).to.have.length(1);
    expect(replies.filter(({ status }) => status === 412)).to.have.length(49);
    expect((await subject.get(`/Users/${id}`)).body).to.deep.equal(passed[0]?.body);
  });

  it('lose no PATCH of fifty without a version', async () => {
    const { id } = await subject.user({ userName: 'a' });
    const roles = Array.from({ length: 50 }, (_, i) => `r${i}`);
    await Promise.all(roles.map((role) => subject.patch(`/Users/${id}`, { roles: [role] })));
    const { body } = await subject.get(`/Users/${id}`);
    expect(body.roles.map((r: { value: string }) => r.value)).to.have.members(roles);
  });

  it('let one of fifty creates of a name pass, the others differ from it', async () => {
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, i) => subject.post('/Users', { userName: 'a', nickName: `n${i}` })),
    );
    expect(replies.filter(({ status }) => status === 201)).to.have.length(1);
    expect(replies.filter(({ status }) => status === 409)).to.have.length(49);
  });
});

/** SCIM 1.1 API §3.11. */
forEachBackend('versions that are off', { offer: { etag: false } }, (subject) => {
  it('are neither sent nor asked for', async () => {
    const created = await subject.post('/Users', { userName: 'a' });
    expect(created.headers.get('etag')).to.equal(null);
    expect(created.body.meta).to.not.have.property('version');
    const path = `/Users/${created.body.id}`;
    expect((await subject.get(path, { 'If-None-Match': '*' })).status).to.equal(200);
    expect((await subject.patch(path, { title: 'x' }, { 'If-Match': '"stale' })).status).to.equal(200);
    expect((await subject.get(`${path}?attributes=meta.version`)).body.meta).to.include.keys('location');
    expect((await subject.get('/ServiceProviderConfigs')).body.etag).to.deep.equal({ supported: false });
  });
});

/** SCIM 1.1 API §3.11. */
forEachBackend('versions that are asked for', { policy: { requireIfMatch: true } }, (subject) => {
  for (const verb of verbs) {
    it(`refuse ${verb} without one`, async () => {
      const { id, meta } = await subject.user({ userName: 'a' });
      expectRefusal(await subject.request(verb, `/Users/${id}`, { userName: 'a' }), 412, /requires If-Match/);
      const reply = await subject.request(verb, `/Users/${id}`, { userName: 'a' }, { 'If-Match': meta.version });
      expect(reply.status).to.equal(200);
    });
  }
});
