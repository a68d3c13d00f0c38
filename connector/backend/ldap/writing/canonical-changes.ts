import type { Change } from '../../../scim/change.ts';
import { findExtension } from '../../../scim/schema/resource-type.ts';
import type { Branch } from '../layout/branch.ts';

/** Data of an open extension is kept under one URN, whatever URN of the app it comes under. */
export function canonical({ type }: Branch, changes: readonly Change[]): Change[] {
  return changes.map((change) => {
    const { extension } = change.path;
    const urn = extension === undefined ? undefined : findExtension(type, extension)?.extension.urn;
    return urn === undefined ? change : { ...change, path: { ...change.path, extension: urn } };
  });
}
