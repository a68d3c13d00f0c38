import { type Change, isChangeOf } from '../scim/change.ts';
import type { Attributes } from '../scim/resource.ts';
import type { TypeName } from '../scim/schema/resource-type.ts';

/** All, some by a filter, or what has changed since. */
export type ListKind = 'list' | 'filtered' | 'changed';

/** Okta's name for a read, as `agent.log` and the task texts have it (docs/okta-agent.md, "Messages"). */
export function readMessage(type: TypeName, what: ListKind | 'one'): string {
  if (type === 'Group') return what === 'one' ? 'getGroupById' : 'downloadGroups';
  const messages = {
    one: 'importUserProfile',
    filtered: 'checkUserExists',
    list: 'downloadUsers',
    changed: 'downloadUsers',
  };
  return messages[what];
}

export const createMessage = (type: TypeName, attributes: Attributes): string =>
  type === 'Group' ? 'createGroup' : attributes['active'] === false ? 'createPendingUser' : 'createNewUser';

/** The PUTs look alike on the wire; only what changed tells them apart. */
export function changeMessage(type: TypeName, before: Attributes, changes: readonly Change[]): string {
  if (type === 'Group') return 'updateGroup';
  const active = changes.filter(isChangeOf('active')).find(({ op }) => op === 'set');
  if (active?.op === 'set')
    return active.value === false ? 'deactivateUser' : before['active'] === false ? 'reactivateUser' : 'activateUser';
  const onlyPassword = changes.length > 0 && changes.every(isChangeOf('password'));
  return onlyPassword ? 'pushPasswordUpdate' : 'pushProfileUpdate';
}

export const deleteMessage = (type: TypeName): string => `delete${type}`;
