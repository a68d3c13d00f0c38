import type { EntitlementPolicy } from '../entitlements/entitled.ts';
import type { BoundPath } from '../scim/schema/resource-type.ts';

/** How one application wants the rules that SCIM leaves open. */
export interface Policy {
  /** `merge`: absent means keep (docs/okta-agent.md, Absent attributes). `replace`: cleared (SCIM 1.1 API §3.3.1). */
  readonly put: 'merge' | 'replace';
  /** Attributes that `merge` clears all the same when a PUT leaves them out. */
  readonly clearWhenAbsent: readonly BoundPath[];
  /** Creating again what exists identically: `accept` answers as the first time, `conflict` with 409. */
  readonly createAgain: 'accept' | 'conflict';
  /** A type in a filter that the store has no word for means what stands in its place, as it does in a PATCH. */
  readonly storeWords: boolean;
  /** Refuse changes without If-Match. */
  readonly requireIfMatch: boolean;
  /** Refuse every change. */
  readonly readOnly: boolean;
  /** Refuse a change that takes more than this share of a group's members away. Unit: percent; 100 never refuses. */
  readonly maxGroupRemoval: number;
  /** Members that do not exist: applied without them as long as one does, or refused. */
  readonly unknownMembers: 'leave_out' | 'refuse';
  /** `keep`: the id is stored; left out where the store cannot keep it. */
  readonly unknownManager: 'keep' | 'leave_out' | 'refuse';
  /** What clients write in `manager.managerId`. */
  readonly managerId: 'id' | 'userName' | 'employeeNumber';
  /** What people are given. */
  readonly entitlements: EntitlementPolicy;
}

/** A share that nothing exceeds. Unit: percent. */
export const NO_REMOVAL_LIMIT = 100;

export const defaultPolicy: Policy = {
  put: 'merge',
  clearWhenAbsent: [],
  createAgain: 'accept',
  storeWords: false,
  requireIfMatch: false,
  readOnly: false,
  maxGroupRemoval: NO_REMOVAL_LIMIT,
  unknownMembers: 'leave_out',
  unknownManager: 'refuse',
  managerId: 'id',
  entitlements: { types: [], shown: false },
};
