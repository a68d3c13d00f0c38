import type { CustomAttribute } from '../../scim/schema/custom.ts';
import { type ResourceTypes, resourceTypes } from '../../scim/schema/resource-type.ts';

/** What every backend may know of an app, whichever its own settings are. Names are the configuration file's. */
export interface AppSettings {
  readonly name: string;
  /** The word in `backend = "…"`. */
  readonly backend: string;
  readonly okta_app: string;
  /** Every write is refused. */
  readonly read_only: boolean;
  readonly users: { readonly custom: readonly CustomAttribute[] };
  readonly groups: { readonly custom: readonly CustomAttribute[] };
}

/** The schema of an app's users and groups. */
export const typesOf = ({ okta_app, users, groups }: AppSettings): ResourceTypes =>
  resourceTypes({ app: okta_app, users: users.custom, groups: groups.custom });
