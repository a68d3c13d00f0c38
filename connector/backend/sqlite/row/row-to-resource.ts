import { formatDateTime } from '../../../scim/date-time.ts';
import type { Read } from '../../../scim/query.ts';
import type { Attributes, Complex, Resource } from '../../../scim/resource.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';
import { withManagers } from './managers.ts';
import { groupsOf, hasMore, membersOf } from './memberships.ts';
import { parseDocument } from './parse-document.ts';
import { type Row, rowsOf } from './row.ts';

/** What of a group's members is shown. */
interface Shown {
  readonly members: readonly Complex[];
  /** Left out: there are more than were asked for. */
  readonly isPartial?: true;
}

/** With a stop after each stride of members but the last; `undefined` when the group has changed by the end. */
function* shown(connection: Connection, row: Row, read: Read): Generator<undefined, Shown | undefined> {
  const [seq, , type, , , version] = row;
  const { without = [], bare, mostMembers } = read;
  if (!TRAITS[type].hasMembers || without.includes('members')) return { members: [] };
  if (mostMembers !== undefined && hasMore(connection, seq, mostMembers)) return { members: [], isPartial: true };
  const strides: Complex[][] = [];
  for (const stride of membersOf(connection, seq, bare)) {
    if (strides.length > 0) yield undefined;
    strides.push(stride);
  }
  const isAsItWas = strides.length < 2 || rowsOf(connection, [seq])[0]?.[5] === version;
  return isAsItWas ? { members: strides.flat() } : undefined;
}

function* completed(
  connection: Connection,
  row: Row,
  attributes: Record<string, Attributes[string]>,
  read: Read,
): Generator<Resource | undefined, void> {
  const [seq, id, , created, modified, version] = row;
  const part = yield* shown(connection, row, read);
  if (!part) {
    // As it is now, in one go: nobody can come in between.
    for (const fresh of rowsOf(connection, [seq])) yield toResource(connection, fresh, read);
    return;
  }
  const { members, ...rest } = part;
  if (members.length > 0) attributes['members'] = members;
  const made = formatDateTime(created);
  const lastModified = modified === created ? made : formatDateTime(modified);
  yield { id, meta: { created: made, lastModified, version: String(version) }, attributes, ...rest };
}

/**
 * Completes rows with what follows from other resources: `members`, `groups`, `manager.displayName`. What can be asked
 * for all of them is asked once. Where it yields nothing others may have a turn; a group that changes meanwhile is read
 * again, and one that is deleted left out.
 * @throws unavailable  a document is damaged
 */
export function* toResources(
  connection: Connection,
  rows: readonly Row[],
  read: Read = {},
): Generator<Resource | undefined, void> {
  const documents = withManagers(
    connection,
    rows.map(([, id, , , , , doc]) => parseDocument(id, doc)),
  );
  const inGroups = rows.filter(([, , type, , , , , grouped]) => grouped && TRAITS[type].showsGroups);
  const groups = groupsOf(connection, read.without?.includes('groups') ? [] : inGroups.map(([seq]) => seq));
  for (const [index, row] of rows.entries()) {
    const own = groups.get(row[0]);
    yield* completed(connection, row, { ...documents[index], ...(own && { groups: own }) }, read);
  }
}

/** In one go. @throws unavailable  the document is damaged */
export function toResource(connection: Connection, row: Row, read?: Read): Resource {
  const [resource] = [...toResources(connection, [row], read)].filter((one) => one !== undefined);
  return resource as Resource;
}
