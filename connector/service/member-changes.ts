import { type Change, type ChangePath, isChangeOf } from '../scim/change.ts';
import type { OperationList, PartialResource, Patch } from '../scim/draft.ts';
import { isOperationList } from '../scim/outline.ts';
import type { Complex } from '../scim/resource.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { isOfMembers as isOperationOfMembers, memberChanges } from './member-operations.ts';

const path: ChangePath = { attribute: 'members' };

const isOfMembers = isChangeOf('members');

/** Each once: a client may repeat itself. */
const idsIn = (elements: readonly Complex[]): ReadonlySet<Complex[string]> =>
  new Set(elements.flatMap(({ value }) => value ?? []));

const toElements = (ids: Iterable<Complex[string]>): readonly Complex[] => [...ids].map((value) => ({ value }));

/** What a PATCH does to members, and the rest of it. */
export interface SplitPatch<P extends Patch = Patch> {
  readonly changes: readonly Change[];
  readonly rest: P;
}

/** Whether a PATCH asks for nothing. */
export function isIdle(patch: Patch): boolean {
  if (isOperationList(patch)) return patch.operations.length === 0;
  const { attributes, removals, deletions } = patch;
  return Object.keys(attributes).length === 0 && removals.length === 0 && deletions.length === 0;
}

/** Whether what comes of it depends on who is in a group, and not only on what else it is. */
export const asksForMembers = (rest: Patch): boolean =>
  isOperationList(rest) && rest.operations.some(isOperationOfMembers);

/**
 * The changes of members that a PATCH asks for, whoever they are now: the members of a group are a set of ids, so that
 * what is to be can be said without reading what is (SCIM 1.1 API §3.3.2: removals, then deletions, then additions).
 */
export function splitPatch(type: ResourceType, patch: Patch): SplitPatch {
  return isOperationList(patch) ? splitOperations(type, patch) : splitPartial(type, patch);
}

function splitOperations({ hasMembers }: ResourceType, patch: OperationList): SplitPatch<OperationList> {
  const operations = patch.operations.filter((operation) => !isOperationOfMembers(operation));
  if (!hasMembers || operations.length === patch.operations.length) return { changes: [], rest: patch };
  const changes = memberChanges(patch);
  return changes ? { changes, rest: { ...patch, operations } } : { changes: [], rest: patch };
}

export function splitPartial({ hasMembers }: ResourceType, patch: PartialResource): SplitPatch<PartialResource> {
  const { members, ...attributes } = patch.attributes;
  const isNamed = patch.removals.some(({ extension, attribute }) => !extension && attribute.name === 'members');
  const deletions = patch.deletions.filter((deletion) => isOfMembers({ op: 'unset', ...deletion }));
  if (!hasMembers || (members === undefined && !isNamed && deletions.length === 0)) return { changes: [], rest: patch };
  const joining = idsIn((members ?? []) as readonly Complex[]);
  const leaving = [...idsIn(deletions.map(({ element }) => element))].filter((id) => !joining.has(id));
  const rest: PartialResource = {
    ...patch,
    attributes,
    removals: patch.removals.filter(({ extension, attribute }) => extension || attribute.name !== 'members'),
    deletions: patch.deletions.filter((deletion) => !deletions.includes(deletion)),
  };
  return { changes: isNamed ? replaced(joining) : delta(joining, leaving), rest };
}

/** Nobody is left of those before, so that there is nothing to delete. */
const replaced = (joining: ReadonlySet<Complex[string]>): readonly Change[] =>
  joining.size > 0 ? [{ op: 'set', path, value: toElements(joining) }] : [{ op: 'unset', path }];

const delta = (joining: ReadonlySet<Complex[string]>, leaving: readonly Complex[string][]): readonly Change[] => [
  ...(leaving.length > 0 ? [{ op: 'remove' as const, path, values: toElements(leaving) }] : []),
  ...(joining.size > 0 ? [{ op: 'add' as const, path, values: toElements(joining) }] : []),
];
