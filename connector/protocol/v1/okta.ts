import type { Capabilities } from '../../backend/backend.ts';
import { type Change, isChangeOf } from '../../scim/change.ts';
import { type Filter, foldFilter } from '../../scim/filter/ast.ts';
import type { Path } from '../../scim/path.ts';
import type { Attributes } from '../../scim/resource.ts';
import { type BoundPath, isCoreUrn, type ResourceType, type TypeName } from '../../scim/schema/resource-type.ts';

/** Key of Okta's block in the provider configuration (docs/okta-agent.md, Capabilities). */
export const PROVIDER_CONFIG_URN = 'urn:okta:schemas:scim:providerconfig:1.0';

export interface Capability {
  readonly name: string;
  readonly on: boolean;
  /** Why it is on or off, for the person who wonders. */
  readonly because: string;
}

/**
 * What Okta may offer for an application, with reasons. Left out altogether, Okta assumes everything
 * (docs/okta-agent.md, Capabilities).
 * @param app  `readOnly`: the connector refuses changes; `filter`: off means Okta cannot ask whether somebody exists
 */
export function capabilities(
  backend: Capabilities,
  app: { readonly readOnly: boolean; readonly filter: boolean },
): Capability[] {
  const users = backend.types.includes('User');
  const groups = backend.types.includes('Group');
  const frozen = app.readOnly ? 'the connector is read-only' : undefined;
  const blind = app.filter ? undefined : 'filters are switched off';
  const capability = (name: string, checks: readonly (string | undefined)[], reason: string): Capability => {
    const obstacle = checks.find((check) => check !== undefined);
    return { name, on: obstacle === undefined, because: obstacle ?? reason };
  };
  const can = (able: boolean, obstacle: string): string | undefined => (able ? undefined : obstacle);
  const noUsers = can(users, 'the backend has no users');
  const noChange = can(backend.modify, 'the backend cannot change users');
  const noCreate = can(backend.create, 'the backend cannot create users');
  const noSwitch = can(backend.activation !== false, 'the directory has no way to deactivate users (users.deactivate)');
  return [
    capability(
      'GROUP_PUSH',
      [
        frozen,
        can(groups, 'the backend has no groups'),
        noChange,
        noCreate,
        can(backend.delete, 'the backend cannot delete groups'),
      ],
      'groups can be created, changed and deleted',
    ),
    capability('IMPORT_NEW_USERS', [noUsers], 'users and groups can be listed'),
    capability('IMPORT_PROFILE_UPDATES', [noUsers], 'a user can be read'),
    capability(
      'OPP_SCIM_INCREMENTAL_IMPORTS',
      [noUsers, blind, can(backend.incremental, 'the backend does not track changes')],
      'meta.lastModified can be filtered',
    ),
    capability('PUSH_NEW_USERS', [frozen, blind, noCreate], 'users can be created'),
    capability(
      'PUSH_PASSWORD_UPDATES',
      [frozen, noChange, can(backend.password, 'passwords are not stored')],
      'passwords can be set',
    ),
    capability('PUSH_PENDING_USERS', [frozen, blind, noCreate, noChange, noSwitch], 'users can be created inactive'),
    capability('PUSH_PROFILE_UPDATES', [frozen, noChange], 'users can be changed'),
    capability('PUSH_USER_DEACTIVATION', [frozen, noChange, noSwitch], 'active can be set to false'),
    capability('REACTIVATE_USERS', [frozen, noChange, noSwitch], 'active can be set to true'),
  ];
}

const ALIASES: ReadonlyMap<string, Path> = new Map([
  // "Unique user field name" may be `email`, which is no SCIM attribute (docs/okta-agent.md, Lookups).
  ['email', { name: 'emails', sub: 'value' }],
]);

/** Okta's names for what SCIM calls otherwise. */
export function withAliases(type: ResourceType, path: Path): Path {
  if (type.name !== 'User' || path.sub !== undefined || (path.urn !== undefined && !isCoreUrn(path.urn))) return path;
  return ALIASES.get(path.name.toLowerCase()) ?? path;
}

export const withAliasesInFilter = (type: ResourceType, filter: Filter<Path>): Filter<Path> =>
  foldFilter<Path, Filter<Path>>(filter, {
    and: (filters) => ({ kind: 'and', filters }),
    or: (filters) => ({ kind: 'or', filters }),
    present: (path) => ({ kind: 'present', path: withAliases(type, path) }),
    compare: (path, op, value) => ({ kind: 'compare', path: withAliases(type, path), op, value }),
  });

/**
 * Moves the instant of an incremental import back. Agents before 3.0.2 label local time as UTC; sending somebody
 * again does no harm, leaving somebody out does (docs/okta-agent.md, Imports). Any other filter is untouched.
 * @param overlap  unit: ms
 */
export function withOverlap(filter: Filter<BoundPath>, overlap: number): Filter<BoundPath> {
  const changedSince =
    filter.kind === 'compare' &&
    (filter.op === 'gt' || filter.op === 'ge') &&
    filter.path.attribute.name === 'meta' &&
    filter.path.sub?.name === 'lastModified';
  return changedSince && typeof filter.value === 'number' ? { ...filter, value: filter.value - overlap } : filter;
}

/**
 * For the log, when a client takes this for SCIM 2.0: the base URL decides (docs/okta-agent.md, Versions of the agent).
 */
export function versionHint(body: object): string | undefined {
  const { schemas } = body as { readonly schemas?: unknown };
  const newer =
    Array.isArray(schemas) && schemas.some((urn) => typeof urn === 'string' && urn.startsWith('urn:ietf:params:scim:'));
  return newer ? 'the client speaks SCIM 2.0: put /v1/ in the base URL that Okta has' : undefined;
}

/** Okta's name for a read (docs/okta-agent.md, Messages), as `agent.log` and the task texts have it. */
export function readMessage(type: TypeName, what: 'one' | 'list' | 'filtered' | 'changed'): string {
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

/** The PUTs look alike on the wire; only what changed tells them apart (docs/okta-agent.md, Updates). */
export function changeMessage(type: TypeName, before: Attributes, changes: readonly Change[]): string {
  if (type === 'Group') return 'updateGroup';
  const active = changes.filter(isChangeOf('active')).find(({ op }) => op === 'set');
  if (active?.op === 'set')
    return active.value === false ? 'deactivateUser' : before['active'] === false ? 'reactivateUser' : 'activateUser';
  const onlyPassword = changes.length > 0 && changes.every(isChangeOf('password'));
  return onlyPassword ? 'pushPasswordUpdate' : 'pushProfileUpdate';
}
