import type { CustomAttribute } from '../../scim/schema/custom.ts';
import type { EntitlementType } from '../../scim/schema/entitlement.ts';
import { type ResourceTypes, resourceTypes } from '../../scim/schema/resource-type.ts';

/** What every backend may know of an app, whichever its own settings are. Names are the configuration file's. */
export interface AppSettings {
  readonly name: string;
  /** The word in `backend = "…"`. */
  readonly backend: string;
  readonly okta_app: string;
  /** Every write is refused. */
  readonly read_only: boolean;
  readonly users: { readonly custom: readonly CustomAttribute[]; readonly schema_urn?: string };
  readonly groups: { readonly custom: readonly CustomAttribute[] };
  readonly entitlements: readonly EntitlementSettings[];
}

/** A kind of entitlement, and where its entitlements come from, but for what backends add to that. */
export interface EntitlementSettings extends EntitlementType {
  /** Fixed ones: what people call each, by id. Absent: the store knows them. */
  readonly list?: Readonly<Record<string, string | { readonly name: string; readonly description?: string }>>;
}

/** The schema of an app's users and groups. */
export const typesOf = ({ okta_app, users, groups, entitlements }: AppSettings): ResourceTypes =>
  resourceTypes({
    app: okta_app,
    users: users.custom,
    userSchema: users.schema_urn,
    groups: groups.custom,
    entitlements,
  });
