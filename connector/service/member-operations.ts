import type { Change, ChangePath, Element } from '../scim/change.ts';
import type { OperationList } from '../scim/draft.ts';
import { type Filter, foldFilter } from '../scim/filter/ast.ts';
import { isOperationOn, type PatchOperation } from '../scim/patch-operation.ts';
import { isComplex } from '../scim/resource.ts';
import type { BoundPath } from '../scim/schema/resource-type.ts';

const path: ChangePath = { attribute: 'members' };

/** Whether an operation leads to the members of a group. */
export const isOfMembers = isOperationOn('members');

const idOf = (element: Element): string => String(isComplex(element) ? element['value'] : element);

/** The ids that a filter of members names, where it does nothing else. */
const idsNamed = (filter: Filter<BoundPath>): readonly string[] | undefined =>
  foldFilter<BoundPath, readonly string[] | undefined>(filter, {
    and: ([first, ...others]) => (others.length === 0 ? first : undefined),
    or: (parts) => (parts.every((part) => part !== undefined) ? parts.flat() : undefined),
    not: () => undefined,
    some: () => undefined,
    present: () => undefined,
    compare: ({ sub }, op, value) =>
      op === 'eq' && sub?.name === 'value' && typeof value === 'string' ? [value] : undefined,
  });

/** Who shall be in a group and who not, whoever is now. A client may take somebody out and in again. */
class Membership {
  /** Nobody stays of those that are there now. */
  #isAnew = false;
  readonly #joining = new Set<string>();
  readonly #leaving = new Set<string>();

  join(ids: Iterable<string>): void {
    for (const id of ids) {
      this.#leaving.delete(id);
      this.#joining.add(id);
    }
  }

  leave(ids: Iterable<string>): void {
    for (const id of ids) {
      this.#joining.delete(id);
      this.#leaving.add(id);
    }
  }

  empty(): void {
    this.#isAnew = true;
    this.#joining.clear();
    this.#leaving.clear();
  }

  changes(): readonly Change[] {
    const joining = [...this.#joining].map((value) => ({ value }));
    if (this.#isAnew) return [joining.length > 0 ? { op: 'set', path, value: joining } : { op: 'unset', path }];
    const leaving = [...this.#leaving].map((value) => ({ value }));
    return [
      ...(leaving.length > 0 ? [{ op: 'remove' as const, path, values: leaving }] : []),
      ...(joining.length > 0 ? [{ op: 'add' as const, path, values: joining }] : []),
    ];
  }
}

/** @returns false where what comes of it depends on who is in the group */
function apply(operation: PatchOperation, membership: Membership): boolean {
  const { at, where } = operation;
  const named = where && idsNamed(where);
  if ((where && !named) || (at.sub && at.sub.name !== 'value')) return false;
  if (operation.op === 'remove') {
    if (named) membership.leave(named);
    else if (operation.values) membership.leave(operation.values.map(idOf));
    else membership.empty();
    return true;
  }
  if (where || at.sub || !Array.isArray(operation.value)) return false;
  if (operation.op === 'replace') membership.empty();
  membership.join((operation.value as readonly Element[]).map(idOf));
  return true;
}

/**
 * The changes of members that a list of operations asks for, without knowing who is in the group: in one, however many
 * operations there are. `undefined` where what comes of them depends on that.
 */
export function memberChanges({ operations }: OperationList): readonly Change[] | undefined {
  const membership = new Membership();
  return operations.filter(isOfMembers).every((operation) => apply(operation, membership))
    ? membership.changes()
    : undefined;
}
