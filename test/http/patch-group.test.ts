import { expect } from 'chai';
import { expectRefusal, forEachBackend } from '../support/for-each-backend.ts';

/** SCIM 1.1 API §3.3.2, §3.11. */
forEachBackend('PATCH of a group', {}, (subject) => {
  it('adds, swaps, removes and replaces members', async () => {
    const [a, b, c] = [
      (await subject.user({ userName: 'a' })).id,
      (await subject.user({ userName: 'b' })).id,
      (await subject.group({ displayName: 'c' })).id,
    ];
    const { id } = await subject.group({ displayName: 'G', members: [a] });
    const steps: readonly (readonly [object, readonly string[]])[] = [
      [{ members: [{ value: b, display: 'ignored' }] }, [a, b]],
      [{ members: [{ value: a }] }, [a, b]],
      [{ members: [{ value: c, operation: 'delete' }] }, [a, b]],
      [{ members: [{ value: a, operation: 'delete' }, { value: c }] }, [b, c]],
      [{ displayName: 'H', id: 'x', 'urn:okta:custom:group:1.0': { description: 'd' } }, [b, c]],
      [{ meta: { attributes: ['members.value'] }, members: [a, c] }, [a, c]],
      [{ meta: { attributes: ['members'] } }, []],
    ];
    for (const [patch, expected] of steps) {
      const reply = await subject.patch(`/Groups/${id}`, patch);
      expect(reply.status, reply.text).to.equal(200);
      expect(
        reply.body.members.map((m: { value: string }) => m.value),
        JSON.stringify(patch),
      ).to.have.members(expected);
      expect((await subject.get(`/Groups/${id}`)).body).to.deep.equal(reply.body);
    }
    expect((await subject.get(`/Groups/${id}`)).body.displayName).to.equal('H');
  });

  it('changes the version of the group with its members', async () => {
    const { id: member } = await subject.user({ userName: 'a' });
    const before = await subject.group({ displayName: 'G' });
    const after = (await subject.patch(`/Groups/${before.id}`, { members: [member] })).body;
    expect(after.meta.version).to.not.equal(before.meta.version);
    const same = (await subject.patch(`/Groups/${before.id}`, { members: [member] })).body;
    expect(same.meta.version).to.equal(after.meta.version);
  });

  it('refuses an unknown member, a member without id, and the end of its name', async () => {
    const { id: member } = await subject.user({ userName: 'a' });
    const before = await subject.group({ displayName: 'G', members: [member] });
    for (const [patch, text] of [
      [{ members: [{ value: 'nope' }] }, /"nope"/],
      [{ members: [{ type: 'User' }] }, /^members/],
      [{ meta: { attributes: ['displayName'] } }, /^displayName is required/],
      [{ meta: { attributes: ['members.type'] } }, /read-only/],
    ] as const) {
      expectRefusal(await subject.patch(`/Groups/${before.id}`, patch), 400, text);
    }
    expect((await subject.get(`/Groups/${before.id}`)).body).to.deep.equal(before);
  });
});
