/** Okta's names for operations, as `agent.log` and the task texts have them (docs/okta-agent.md, Messages). */
import { type Change, isChangeOf } from '../scim/change.ts';
import type { Attributes } from '../scim/resource.ts';
import type { TypeName } from '../scim/schema/resource-type.ts';

/** All, some by a filter, or what has changed since. */
export type ListKind = 'list' | 'filtered' | 'changed';

interface Messages {
  readonly read: Readonly<Record<ListKind | 'one', string>>;
  readonly create: (attributes: Attributes) => string;
  readonly change: (before: Attributes, changes: readonly Change[]) => string;
  readonly delete: string;
}

/** The PUTs look alike on the wire; only what changed tells them apart. */
function userChange(before: Attributes, changes: readonly Change[]): string {
  const active = changes.filter(isChangeOf('active')).find(({ op }) => op === 'set');
  if (active?.op === 'set')
    return active.value === false ? 'deactivateUser' : before['active'] === false ? 'reactivateUser' : 'activateUser';
  const onlyPassword = changes.length > 0 && changes.every(isChangeOf('password'));
  return onlyPassword ? 'pushPasswordUpdate' : 'pushProfileUpdate';
}

export const MESSAGES: Readonly<Record<TypeName, Messages>> = {
  User: {
    read: {
      one: 'importUserProfile',
      filtered: 'checkUserExists',
      list: 'downloadUsers',
      changed: 'downloadUsers',
    },
    create: ({ active }) => (active === false ? 'createPendingUser' : 'createNewUser'),
    change: userChange,
    delete: 'deleteUser',
  },
  Group: {
    read: { one: 'getGroupById', filtered: 'downloadGroups', list: 'downloadGroups', changed: 'downloadGroups' },
    create: () => 'createGroup',
    change: () => 'updateGroup',
    delete: 'deleteGroup',
  },
};

/** Every name that a message may have. */
export const MESSAGE_NAMES: readonly string[] = [
  ...Object.values(MESSAGES).flatMap(({ read, create, delete: remove }) => [
    ...Object.values(read),
    create({ active: true }),
    create({ active: false }),
    remove,
  ]),
  'activateUser',
  'deactivateUser',
  'reactivateUser',
  'pushProfileUpdate',
  'pushPasswordUpdate',
  'updateGroup',
  'bulk',
  'getImplementedUserManagementCapabilities',
  'request',
]
  .filter((name, index, all) => all.indexOf(name) === index)
  .sort();
