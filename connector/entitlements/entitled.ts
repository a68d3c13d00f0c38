import type { Backend } from '../backend/backend.ts';
import { EntitledBackend } from './entitled-backend.ts';
import { type Configured, entitlementsOf } from './entitlements.ts';
import { HiddenEntitlements } from './hidden-entitlements.ts';

/** What an app does with what people are given. */
export interface EntitlementPolicy {
  readonly types: readonly Configured[];
  /** Whether the protocol that is spoken knows entitlements: SCIM 1.1 does not. */
  readonly shown: boolean;
}

/** `store` as an app's clients see it. @throws notImplemented naming a type whose entitlements are nowhere */
export function entitled(store: Backend, { types, shown }: EntitlementPolicy): Backend {
  if (types.length === 0) return store;
  return shown ? new EntitledBackend(store, entitlementsOf(types, store)) : new HiddenEntitlements(store, types);
}
