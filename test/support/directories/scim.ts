import type { Backend, Call } from '../../../connector/backend/backend.ts';
import type { Change } from '../../../connector/scim/change.ts';
import { bindFilter } from '../../../connector/scim/filter/bind.ts';
import { parseFilter } from '../../../connector/scim/filter/parse.ts';
import type { Attributes, Complex, Resource, Value } from '../../../connector/scim/resource.ts';
import type { TypeName } from '../../../connector/scim/schema/resource-type.ts';
import { types } from './ldap-backend.ts';

export const call: Call = { requestId: 'test', actor: 'test', signal: new AbortController().signal };

export const set = (attribute: string, value: Value): Change => ({ op: 'set', path: { attribute }, value });
export const join = (...ids: string[]): Change => ({
  op: 'add',
  path: { attribute: 'members' },
  values: references(ids),
});
export const leave = (...ids: string[]): Change => ({
  op: 'remove',
  path: { attribute: 'members' },
  values: references(ids),
});
const references = (ids: readonly string[]): Complex[] => ids.map((value) => ({ value }));

/** The verbs in short, on Users unless said otherwise. */
export const verbs = (backend: Backend) => ({
  user: (attributes: Attributes): Promise<Resource> => backend.create(call, types.User, attributes),
  group: (displayName: string, ...ids: string[]): Promise<Resource> =>
    backend.create(call, types.Group, { displayName, ...(ids.length > 0 ? { members: references(ids) } : {}) }),
  get: (id: string, type: TypeName = 'User'): Promise<Resource> => backend.get(call, types[type], id),
  change: (id: string, changes: readonly Change[], type: TypeName = 'User'): Promise<Resource> =>
    backend.modify(call, types[type], id, changes),
  remove: (id: string, type: TypeName = 'User'): Promise<void> => backend.delete(call, types[type], id),
  find: async (filter: string, type: TypeName = 'User'): Promise<readonly Resource[]> =>
    (
      await backend.list(call, types[type], {
        filter: bindFilter(types[type], parseFilter(filter), '/'),
        offset: 0,
        limit: 1_000_000,
      })
    ).resources,
});

export const memberIds = ({ attributes }: Resource): string[] =>
  ((attributes['members'] ?? []) as readonly Complex[]).map(({ value }) => String(value)).sort();
