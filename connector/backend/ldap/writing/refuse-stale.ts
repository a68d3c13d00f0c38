import { versionMismatch } from '../../../scim/error.ts';
import type { Entry } from '../directory/session.ts';
import type { Work } from '../layout/work.ts';
import { versionOf } from '../reading/entry-meta.ts';
import type { Reader } from '../reading/reader.ts';

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
