import type { Element } from '../../scim/change.ts';
import type { OperationList } from '../../scim/draft.ts';
import { isOperationOn, type PatchOperation } from '../../scim/patch-operation.ts';
import { isComplex, type Value } from '../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';

const isOfMembers = isOperationOn('members');

const isOfManager = ({ at }: PatchOperation): boolean =>
  at.extension === ENTERPRISE_SCHEMA && at.attribute.name === 'manager';

const isOneOf = (ids: ReadonlySet<string>, element: Element): boolean =>
  ids.has(String(isComplex(element) ? element['value'] : element));

/** Operations that add none of `ids` to a group; `undefined` where they would add nobody any more. */
export function withoutMembersIn(list: OperationList, ids: ReadonlySet<string>): OperationList | undefined {
  let [known, unknown] = [0, 0];
  const operations = list.operations.map((operation): PatchOperation => {
    if (operation.op === 'remove' || !isOfMembers(operation) || !Array.isArray(operation.value)) return operation;
    const all = operation.value as readonly Element[];
    const left = all.filter((element) => !isOneOf(ids, element));
    known += left.length;
    unknown += all.length - left.length;
    return left.length === all.length ? operation : { ...operation, value: left };
  });
  return known > 0 && unknown > 0 ? { ...list, operations } : undefined;
}

/** Operations that say nothing of a manager. */
export const withoutManagerIn = (list: OperationList): OperationList => ({
  ...list,
  operations: list.operations.filter((operation) => operation.op === 'remove' || !isOfManager(operation)),
});

/** Operations in which a manager is named by an id. @param find  the id of whoever is called so */
export async function withManagersFound(
  list: OperationList,
  find: (key: string) => Promise<string>,
): Promise<OperationList> {
  const operations: PatchOperation[] = [];
  for (const operation of list.operations) {
    if (operation.op === 'remove' || !isOfManager(operation)) {
      operations.push(operation);
      continue;
    }
    const { value } = operation;
    const key = isComplex(value) ? value['managerId'] : value;
    if (typeof key !== 'string') operations.push(operation);
    else {
      const id = await find(key);
      const found: Value = isComplex(value) ? { ...value, managerId: id } : id;
      operations.push({ ...operation, value: found });
    }
  }
  return { ...list, operations };
}
