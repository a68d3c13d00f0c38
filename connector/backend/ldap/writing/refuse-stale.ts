import { versionMismatch } from '../../../scim/error.ts';
import { normalDn } from '../directory/dn.ts';
import { isPassword } from '../directory/operation.ts';
import type { Entry } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import { versionOf } from '../reading/entry-meta.ts';
import type { Reader } from '../reading/reader.ts';
import type { EntryPlan } from './plan-change.ts';

/** @param version  that a client has read. Absent: any will do. @throws versionMismatch */
export function refuseStale(
  { tree }: Reader,
  { branch }: Work,
  id: string,
  entry: Entry,
  version: string | undefined,
): void {
  if (version !== undefined && versionOf(tree.profile, entry) !== version) throw versionMismatch(branch.type.name, id);
}

const sorted = ({ attributes }: Entry, key: string): string =>
  JSON.stringify((attributes.get(key) ?? []).map(String).toSorted());

/** Whether all of an entry is as it was, but for its members and what the server notes about it. */
export function isAsItWas({ profile, membership }: Tree, was: Entry, now: Entry): boolean {
  const { id, lastModified, version = '' } = profile;
  const passed = new Set([keyOf(id.attribute), keyOf(lastModified), keyOf(version), 'memberof', membership.key]);
  const keys = [...was.attributes.keys(), ...now.attributes.keys()].filter((key) => !passed.has(key));
  return normalDn(was.dn) === normalDn(now.dn) && keys.every((key) => sorted(was, key) === sorted(now, key));
}

/** Whether somebody else wrote what is still to be written, since the change was worked out from `was`. */
export const isContested = ({ rdn, modifications }: EntryPlan, was: Entry, now: Entry): boolean =>
  (rdn !== undefined && normalDn(was.dn) !== normalDn(now.dn)) ||
  modifications.some(({ attribute }) => {
    const key = keyOf(attribute);
    return !isPassword(attribute) && sorted(was, key) !== sorted(now, key);
  });
