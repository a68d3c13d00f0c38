import type { Capabilities } from '../backend/backend.ts';

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
export function oktaCapabilities(
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

/** Names of what Okta may offer. */
export const offeredCapabilities = (
  app: Parameters<typeof oktaCapabilities>[1] & { readonly backend: Capabilities },
): readonly string[] =>
  oktaCapabilities(app.backend, app)
    .filter(({ on }) => on)
    .map(({ name }) => name);
