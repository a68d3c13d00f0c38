import { formatDateTime } from '../../../scim/date-time.ts';
import type { Read } from '../../../scim/query.ts';
import type { Attributes, Resource } from '../../../scim/resource.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';
import { withManagers } from './managers.ts';
import { groupsOf, hasMore, memberIdsOf, membersOf } from './memberships.ts';
import { parseDocument } from './parse-document.ts';
import type { Row } from './row.ts';

/**
 * Completes rows with what follows from other resources: `members`, `groups`, `manager.displayName`. What can be asked
 * for all of them is asked once.
 * @throws unavailable  a document is damaged
 */
export function* toResources(
  connection: Connection,
  rows: readonly Row[],
  { without = [], bare, mostMembers }: Read = {},
): Generator<Resource, void> {
  const documents = withManagers(
    connection,
    rows.map(([, id, , , , , doc]) => parseDocument(id, doc)),
  );
  const inGroups = rows.filter(([, , type, , , , , grouped]) => grouped && TRAITS[type].showsGroups);
  const groups = groupsOf(connection, without.includes('groups') ? [] : inGroups.map(([seq]) => seq));
  const listed = bare ? memberIdsOf : membersOf;
  for (const [index, [seq, id, type, created, modified, version]] of rows.entries()) {
    const attributes: Record<string, Attributes[string]> = documents[index] ?? {};
    const withMembers = TRAITS[type].hasMembers && !without.includes('members');
    const isPartial = withMembers && mostMembers !== undefined && hasMore(connection, seq, mostMembers);
    const members = withMembers && !isPartial ? listed(connection, seq) : [];
    const own = groups.get(seq);
    if (own) attributes['groups'] = own;
    if (members.length > 0) attributes['members'] = members;
    const made = formatDateTime(created);
    const lastModified = modified === created ? made : formatDateTime(modified);
    const meta = { created: made, lastModified, version: String(version) };
    yield { id, meta, attributes, ...(isPartial ? { isPartial } : {}) };
  }
}

/** @throws unavailable  the document is damaged */
export function toResource(connection: Connection, row: Row, read?: Read): Resource {
  const [resource] = toResources(connection, [row], read);
  return resource as Resource;
}
