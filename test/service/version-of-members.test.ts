import { expect } from 'chai';
import { ForwardingBackend } from '../../connector/backend/decorators/forwarding-backend.ts';
import { decodePatch } from '../../connector/protocol/v1/decode.ts';
import { ScimError } from '../../connector/scim/error.ts';
import type { Resource } from '../../connector/scim/resource.ts';
import { guardedService } from '../../connector/service/assemble-service.ts';
import { defaultPolicy } from '../../connector/service/policy.ts';
import { call } from '../conformance/company.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';
import { Group } from '../conformance/people.ts';
import { rejection } from '../support/rejection.ts';

const WITHOUT = { without: ['groups', 'members'] } as const;

/** A store whose versions are digests: it has none of a group that it was not asked to read whole. */
class Digesting extends ForwardingBackend {
  override async get(...words: Parameters<MemoryBackend['get']>): Promise<Resource> {
    const { meta, ...resource } = await super.get(...words);
    const { version, ...rest } = meta;
    return { ...resource, meta: words[3]?.without?.includes('members') ? rest : meta };
  }
}

describe('a version that is one of the members, too', () => {
  const patch = decodePatch(Group, { displayName: 'H' }, { dialect: 'compatible' });
  const reason = async (work: Promise<unknown>): Promise<unknown> => {
    const error = await rejection(work);
    return error instanceof ScimError && error.reason;
  };

  it('is read by who is asked for it, and by nobody else', async () => {
    const memory = new MemoryBackend();
    const service = guardedService(new Digesting(memory), defaultPolicy);
    const { id, meta } = await memory.create(call, Group, { displayName: 'G' });
    expect(await reason(service.patch(call, Group, id, patch, ['stale'], WITHOUT))).to.equal('versionMismatch');
    expect(await reason(service.delete(call, Group, id, ['stale']))).to.equal('versionMismatch');
    await service.patch(call, Group, id, patch, [meta.version ?? ''], WITHOUT);
    const { version } = (await memory.get(call, Group, id)).meta;
    expect(version).to.not.equal(meta.version);
    await service.delete(call, Group, id, [version ?? '']);
  });
});
