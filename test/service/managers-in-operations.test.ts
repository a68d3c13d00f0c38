import { expect } from 'chai';
import type { SqliteBackend } from '../../connector/backend/sqlite/sqlite-backend.ts';
import type { PatchOperation } from '../../connector/scim/patch-operation.ts';
import { ENTERPRISE_SCHEMA } from '../../connector/scim/schema/names.ts';
import { guardedService } from '../../connector/service/assemble-service.ts';
import { defaultPolicy, type Policy } from '../../connector/service/policy.ts';
import { opened } from '../backend/sqlite/opened.ts';
import { temporaryFile } from '../backend/sqlite/temporary-file.ts';
import { call } from '../conformance/company.ts';
import { User } from '../conformance/people.ts';
import { refusal } from '../conformance/refusal.ts';
import { list, Operations } from './operations.ts';

const user = new Operations(User);
const MANAGER = `${ENTERPRISE_SCHEMA}:manager`;
const title = user.replace('title', 'T');

describe('a manager in operations', () => {
  let backend: SqliteBackend;
  let boss: string;
  let id: string;
  before(async () => {
    backend = await opened(temporaryFile());
    boss = (await backend.create(call, User, { userName: 'Boss' })).id;
    id = (await backend.create(call, User, { userName: 'u' })).id;
  });
  after(() => backend.close());

  const patched = async (policy: Partial<Policy>, ...operations: PatchOperation[]) => {
    const service = guardedService(backend, { ...defaultPolicy, ...policy });
    const { resource, leftOut } = await service.patch(call, User, id, list(operations));
    const block = resource.attributes[ENTERPRISE_SCHEMA] as { manager?: { managerId?: string } } | undefined;
    return { manager: block?.manager?.managerId, title: resource.attributes['title'], leftOut };
  };

  it('who is unknown is left out or refused, as the policy says', async () => {
    for (const operation of [
      user.add(MANAGER, { managerId: 'nobody' }),
      user.replace(`${MANAGER}.managerId`, 'nobody'),
    ]) {
      await refusal(
        guardedService(backend, defaultPolicy).patch(call, User, id, list([title, operation])),
        'invalidValue',
      );
      const left = await patched({ unknownManager: 'leave_out' }, title, operation);
      expect(left).to.deep.equal({ manager: undefined, title: 'T', leftOut: ['nobody'] });
    }
  });

  it('may be named by what others know of them', async () => {
    const byName = { managerId: 'userName' } as const;
    for (const operation of [user.add(MANAGER, { managerId: 'boss' }), user.replace(`${MANAGER}.managerId`, 'BOSS')])
      expect((await patched(byName, operation)).manager).to.equal(boss);
    expect((await patched(byName, user.remove(MANAGER))).manager).to.equal(undefined);
    const service = guardedService(backend, { ...defaultPolicy, ...byName });
    await refusal(service.patch(call, User, id, list([user.add(MANAGER, { managerId: 'noone' })])), 'invalidValue');
  });
});
