import { createHash } from 'node:crypto';
import { formatDateTime } from '../../../scim/date-time.ts';
import type { Meta } from '../../../scim/resource.ts';
import { type Entry, firstText } from '../directory/session.ts';
import type { Profile } from '../layout/profile.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import { parseTime } from '../mapping/syntax.ts';

const EPOCH = formatDateTime(0);

/**
 * What the server says of the entry's version, else a digest of the entry.
 * @param entry  for a digest whole, but for `memberOf`
 */
export function versionOf({ version, id, lastModified }: Profile, { attributes }: Entry): string {
  const own = version === undefined ? undefined : firstText(attributes, version);
  if (own !== undefined) return own;
  const hash = createHash('sha256');
  // A server that keeps memberOf stamps whoever joins or leaves a group: no update of theirs is lost by that.
  const passed = new Set([keyOf(id.attribute), keyOf(lastModified), 'memberof']);
  for (const [name, values] of [...attributes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!passed.has(name)) hash.update(`${name}\0`).update(values.map(String).sort().join('\0'));
  }
  return hash.digest('base64url').slice(0, 16);
}

/** @param isWhole  the members of a group were read: a digest without them would be no version of it */
export function metaOf(profile: Profile, entry: Entry, isWhole: boolean): Meta {
  const time = (attribute: string): string => {
    const ms = parseTime(firstText(entry.attributes, attribute) ?? '');
    return ms === undefined ? EPOCH : formatDateTime(ms);
  };
  return {
    created: time(profile.created),
    lastModified: time(profile.lastModified),
    ...(isWhole || profile.version !== undefined ? { version: versionOf(profile, entry) } : {}),
  };
}
