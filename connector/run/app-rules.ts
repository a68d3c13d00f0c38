import { methodKind } from '../auth/methods.ts';
import type { Backend } from '../backend/backend.ts';
import type { App, Config } from '../config/config.ts';
import type { Offer } from '../protocol/offer.ts';
import { parsePath } from '../scim/path.ts';
import { LARGEST_PAGE } from '../scim/profile.ts';
import { bindPath, type ResourceTypes } from '../scim/schema/resource-type.ts';
import type { Policy } from '../service/policy.ts';

/**
 * What an app offers, from its settings and what its backend can do.
 * @param version  of SCIM: the profile is of 2.0 alone
 */
export function offerOf(config: Config, app: App, backend: Backend, version = '1.1'): Offer {
  const { capabilities } = backend;
  const { features } = app;
  const { page_limit } = config.server;
  return {
    backend: capabilities,
    readOnly: app.read_only,
    patch: features.patch && capabilities.modify && !app.read_only,
    bulk: features.bulk && !app.read_only,
    filter: features.filter,
    sort: features.sort && capabilities.sort,
    etag: features.etag && capabilities.versioning !== 'none',
    maxResults: version !== '1.1' && app.dialect === 'profile' ? Math.min(page_limit, LARGEST_PAGE) : page_limit,
    bulkMaxOperations: config.server.bulk_max_operations,
    bulkMaxPayload: config.server.bulk_max_payload,
    authentication: methodKind(app.auth.method).scheme,
    open: methodKind(app.auth.method).open,
  };
}

/** @param version  of SCIM: what operators leave open is left to each one's habit */
export const policyOf = (app: App, { User, Group }: ResourceTypes, version = '1.1'): Policy => ({
  put: app.put,
  clearWhenAbsent: app.clear_when_absent.flatMap((text) => {
    const path = parsePath(text);
    return path ? [User, Group].flatMap((type) => bindPath(type, path) ?? []) : [];
  }),
  createAgain: version === '1.1' ? app.create_again : app.create_again_v2,
  storeWords: version !== '1.1' && app.dialect === 'compatible',
  requireIfMatch: app.require_if_match,
  readOnly: app.read_only,
  maxGroupRemoval: app.max_group_removal,
  unknownMembers: version !== '1.1' && app.dialect === 'strict' ? 'refuse' : app.unknown_members,
  unknownManager: version === '1.1' ? app.unknown_manager : app.unknown_manager_v2,
  managerId: app.manager_id,
  entitlements: { types: app.entitlements, shown: version !== '1.1' },
});
