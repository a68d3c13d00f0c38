import type { Attributes } from '../scim/resource.ts';
import { TRAITS, type TypeName } from '../scim/schema/resource-type.ts';
import type { OperationName } from '../service/observer.ts';
import type { Intent, RecordedChange } from './record.ts';

/** What an operation came to, as far as it is known. */
export interface Finished {
  readonly operation: OperationName;
  readonly type?: TypeName;
  readonly linked?: boolean;
  readonly before?: Attributes;
  readonly changes: readonly RecordedChange[];
}

const OF_OPERATION: Readonly<Partial<Record<OperationName, Intent>>> = {
  create: 'create',
  delete: 'delete',
  get: 'read',
  list: 'read',
  discover: 'read',
  bulk: 'bulk',
  request: 'request',
};

/** PUT and PATCH look alike; what they changed tells them apart. The gravest comes first. */
function intentOfChange({ type, before, changes }: Finished): Intent {
  if (type !== undefined && TRAITS[type].hasMembers) return 'group change';
  const active = changes.find(({ path }) => path === 'active');
  if (active && 'after' in active && active.after === false) return 'deactivate';
  if (active) return before?.['active'] === false ? 'reactivate' : 'activate';
  if (type !== undefined && changes.some(({ path }) => path === TRAITS[type].naturalKey)) return 'rename';
  return changes.length > 0 && changes.every(({ path }) => path === 'password') ? 'password' : 'profile';
}

export function intentOf(finished: Finished): Intent {
  if (finished.linked) return 'link';
  return OF_OPERATION[finished.operation] ?? intentOfChange(finished);
}
