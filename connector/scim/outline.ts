import { type ChangePath, changePath, type Element } from './change.ts';
import type { Draft, OperationList, Patch } from './draft.ts';
import type { Assignment } from './patch-operation.ts';
import { type Attributes, type Bag, isComplex, type Scalar, type Value } from './resource.ts';

export const isOperationList = (patch: Draft | Patch): patch is OperationList => 'operations' in patch;

/** What an operation sets, as an attribute would hold it besides `before`. Lists grow in place: there may be thousands. */
function setBy({ at: { attribute, sub }, value }: Assignment, before: Value | undefined): Value {
  const part = sub && !isComplex(value) ? { [sub.name]: value as Scalar } : value;
  if (!attribute.multiValued) return isComplex(part) && isComplex(before) ? { ...before, ...part } : part;
  const all = Array.isArray(before) ? (before as Element[]) : [];
  for (const element of Array.isArray(part) ? (part as readonly Element[]) : [part as Element]) all.push(element);
  return all;
}

/**
 * What a request speaks of, in the form of a draft: for whoever logs it, or looks what it could have to do with others.
 * What it comes to depends on the resource.
 */
export function outline(patch: Draft | Patch): Draft {
  if (!isOperationList(patch)) {
    if (!('removals' in patch)) return patch;
    return { ...patch, cleared: [...patch.cleared, ...patch.removals.map(changePath)] };
  }
  const attributes: Bag = {};
  const cleared: ChangePath[] = [];
  for (const operation of patch.operations) {
    const { extension, attribute } = operation.at;
    if (operation.op === 'remove') {
      cleared.push(changePath(operation.at));
      continue;
    }
    const bag = extension === undefined ? attributes : ((attributes[extension] ?? {}) as Bag);
    bag[attribute.name] = setBy(operation, bag[attribute.name] as Value | undefined);
    if (extension !== undefined) attributes[extension] = bag as Attributes;
  }
  return { attributes, cleared, ignored: patch.ignored };
}
