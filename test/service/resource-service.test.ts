import { expect } from 'chai';
import type { Backend, Call } from '../../connector/backend/backend.ts';
import { ScimError } from '../../connector/scim/error.ts';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';
import { guardedService } from '../../connector/service/assemble-service.ts';
import { defaultPolicy, type Policy } from '../../connector/service/policy.ts';
import type { Service } from '../../connector/service/service.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';

const { User, Group } = resourceTypes();
const call: Call = { requestId: 'test', actor: 'test', signal: new AbortController().signal };
const draft = (attributes: Record<string, unknown>) => ({ attributes: attributes as never, cleared: [], ignored: [] });

const serviceOn = (backend: Backend, policy: Partial<Policy> = {}): Service =>
  guardedService(backend, { ...defaultPolicy, ...policy });

/** Lets another client write behind the service's back, between its read and its write, the first `times` times. */
function racing(backend: MemoryBackend, times: number): { backend: Backend; races: () => number } {
  let races = 0;
  const interfere = new Proxy(backend, {
    get(target, name) {
      const member = Reflect.get(target, name, target) as unknown;
      if (typeof member !== 'function') return member;
      if (name !== 'modify') return member.bind(target);
      return async (...[_, type, id, changes, from]: Parameters<Backend['modify']>) => {
        if (races < times) {
          races += 1;
          await target.modify(call, type, id, [{ op: 'set', path: { attribute: 'title' }, value: `rival ${races}` }]);
        }
        return target.modify(call, type, id, changes, from);
      };
    },
  });
  return { backend: interfere, races: () => races };
}

async function reasonOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return error instanceof ScimError ? error.reason : String(error);
  }
  return 'none';
}

describe('ResourceService', () => {
  it('renames nobody whose name comes back as others have spelled it', async () => {
    const memory = new MemoryBackend();
    const service = serviceOn(memory);
    const { id, meta } = await memory.create(call, User, { userName: ' jose\u0301', active: true });
    const { resource } = await service.replace(call, User, id, draft({ userName: ' jose\u0301' }));
    expect(resource.attributes['userName']).to.equal(' jose\u0301');
    expect(resource.meta.version).to.equal(meta.version);
    const respelled = await service.replace(call, User, id, draft({ userName: ' jos\u00e9' }));
    expect(respelled.resource.attributes['userName']).to.equal('jos\u00e9');
  });

  describe('when another instance writes in between', () => {
    it('compares again, so that neither change is lost', async () => {
      const memory = new MemoryBackend();
      const { backend, races } = racing(memory, 7);
      const { id } = await memory.create(call, User, { userName: 'a' });
      const { resource } = await serviceOn(backend).replace(call, User, id, draft({ userName: 'a', nickName: 'x' }));
      expect(races()).to.equal(7);
      expect(resource.attributes).to.include({ nickName: 'x', title: 'rival 7' });
    });

    it('gives up after thirty rounds with a 412, which the client may try again', async () => {
      const memory = new MemoryBackend();
      const { backend, races } = racing(memory, 99);
      const { id } = await memory.create(call, User, { userName: 'a' });
      const lost = serviceOn(backend).replace(call, User, id, draft({ userName: 'a', nickName: 'x' }));
      expect(await reasonOf(lost)).to.equal('versionMismatch');
      expect(races()).to.equal(30);
    });

    it('does not try again what the client forbade from the start', async () => {
      let reads = 0;
      const memory = new MemoryBackend();
      const counting = new Proxy(memory, {
        get(target, name) {
          if (name === 'get') reads += 1;
          const member = Reflect.get(target, name, target) as unknown;
          return typeof member === 'function' ? member.bind(target) : member;
        },
      });
      const { id } = await memory.create(call, User, { userName: 'a' });
      const refused = serviceOn(counting).replace(call, User, id, draft({ userName: 'a' }), ['stale']);
      expect([await reasonOf(refused), reads]).to.deep.equal(['versionMismatch', 1]);
    });

    it('does not write over a change that the client forbade by its version', async () => {
      const memory = new MemoryBackend();
      const { backend, races } = racing(memory, 1);
      const { id, meta } = await memory.create(call, User, { userName: 'a' });
      const body = draft({ userName: 'a', title: 'mine' });
      expect(await reasonOf(serviceOn(backend).replace(call, User, id, body, [String(meta.version)]))).to.equal(
        'versionMismatch',
      );
      expect(races()).to.equal(1);
      expect((await memory.get(call, User, id)).attributes['title']).to.equal('rival 1');
    });
  });

  describe('creating again what is there', () => {
    const ana = { userName: 'ana', nickName: 'A', password: 'x' };

    it('is a retry as long as nobody used the id', async () => {
      const service = serviceOn(new MemoryBackend());
      const first = (await service.create(call, User, draft(ana))).resource;
      const { total } = await service.list(call, User, { offset: 0, limit: 10 });
      const again = (await service.create(call, User, draft(ana))).resource;
      expect([again.id, total]).to.deep.equal([first.id, 1]);
    });

    it('is a conflict once a client has used the id', async () => {
      for (const use of ['get', 'replace', 'patch'] as const) {
        const service = serviceOn(new MemoryBackend());
        const { id } = (await service.create(call, User, draft(ana))).resource;
        if (use === 'get') await service.get(call, User, id);
        else if (use === 'replace') await service.replace(call, User, id, draft(ana));
        else await service.patch(call, User, id, { ...draft({}), removals: [], deletions: [] });
        expect(await reasonOf(service.create(call, User, draft(ana))), use).to.equal('uniqueness');
      }
    });

    it('is a conflict when anything differs', async () => {
      const service = serviceOn(new MemoryBackend());
      await service.create(call, User, draft(ana));
      for (const other of [
        { ...ana, nickName: 'B' },
        { userName: 'ana' },
        { ...ana, active: false },
        { ...ana, title: 'x' },
      ]) {
        expect(await reasonOf(service.create(call, User, draft(other)))).to.equal('uniqueness');
      }
    });

    it('is always a conflict where the application says so', async () => {
      const service = serviceOn(new MemoryBackend(), { createAgain: 'conflict' });
      await service.create(call, User, draft(ana));
      expect(await reasonOf(service.create(call, User, draft(ana)))).to.equal('uniqueness');
    });

    it('works for groups with their members', async () => {
      const service = serviceOn(new MemoryBackend());
      const { id } = (await service.create(call, User, draft(ana))).resource;
      const group = draft({ displayName: 'G', members: [{ value: id }] });
      const first = (await service.create(call, Group, group)).resource;
      expect((await service.create(call, Group, group)).resource.id).to.equal(first.id);
      expect(await reasonOf(service.create(call, Group, draft({ displayName: 'G' })))).to.equal('uniqueness');
    });
  });

  describe('merging a PUT', () => {
    it('clears what the application wants cleared when it is absent', async () => {
      const memory = new MemoryBackend();
      const attribute = User.attributes.find(({ name }) => name === 'title');
      const service = serviceOn(memory, { clearWhenAbsent: attribute ? [{ attribute }] : [] });
      const { id } = await memory.create(call, User, { userName: 'a', title: 'x', nickName: 'y' });
      const { resource } = await service.replace(call, User, id, draft({ userName: 'a' }));
      expect(resource.attributes).to.deep.equal({ userName: 'a', nickName: 'y' });
    });

    it('sets no password that comes with active: false, and any other', async () => {
      const memory = new MemoryBackend();
      const service = serviceOn(memory);
      const { id } = await memory.create(call, User, { userName: 'a', active: true });
      const off = await service.replace(call, User, id, draft({ userName: 'a', active: false, password: 'x' }));
      expect(off.changes.map(({ path }) => path.attribute)).to.deep.equal(['active']);
      const kept = await service.replace(call, User, id, draft({ userName: 'a', password: 'x' }));
      expect(kept.changes.map(({ path }) => path.attribute)).to.deep.equal(['password']);
      const on = await service.replace(call, User, id, draft({ userName: 'a', active: true, password: 'x' }));
      expect(on.changes.map(({ path }) => path.attribute)).to.have.members(['active', 'password']);
    });
  });

  describe('refuses', () => {
    it('to delete what is not there as not found, whatever versions it asks for', async () => {
      for (const requireIfMatch of [false, true]) {
        const service = serviceOn(new MemoryBackend(), { requireIfMatch });
        expect(await reasonOf(service.delete(call, User, 'nobody'))).to.equal('notFound');
      }
    });

    it('to empty a group beyond the limit, and leaves it as it was', async () => {
      const memory = new MemoryBackend();
      const service = serviceOn(memory, { maxGroupRemoval: 50 });
      const members: { value: string }[] = [];
      for (const userName of ['a', 'b', 'c', 'd'])
        members.push({ value: (await memory.create(call, User, { userName })).id });
      const { id } = await memory.create(call, Group, { displayName: 'G', members });
      const body = draft({ displayName: 'G', members: members.slice(3) });
      expect(await reasonOf(service.replace(call, Group, id, body))).to.equal('forbidden');
      expect((await memory.get(call, Group, id)).attributes['members']).to.have.length(4);
      const half = draft({ displayName: 'G', members: members.slice(2) });
      expect(await reasonOf(service.replace(call, Group, id, half))).to.equal('none');
    });

    it('every change when it is read-only', async () => {
      const memory = new MemoryBackend();
      const service = serviceOn(memory, { readOnly: true });
      const { id } = await memory.create(call, User, { userName: 'a' });
      const patch = { ...draft({}), removals: [], deletions: [] };
      expect(await reasonOf(service.create(call, User, draft({ userName: 'b' })))).to.equal('forbidden');
      expect(await reasonOf(service.replace(call, User, id, draft({ userName: 'b' })))).to.equal('forbidden');
      expect(await reasonOf(service.patch(call, User, id, patch))).to.equal('forbidden');
      expect(await reasonOf(service.delete(call, User, id))).to.equal('forbidden');
    });
  });
});
