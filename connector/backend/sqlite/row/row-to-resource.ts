import { formatDateTime } from '../../../scim/date-time.ts';
import type { Read } from '../../../scim/query.ts';
import { type Attributes, type Complex, isComplex, type Resource } from '../../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';
import { groupsOf, membersOf } from './memberships.ts';
import type { Row } from './row.ts';

const MANAGER = `SELECT json_extract(doc, '$.displayName') FROM resource WHERE id = ? AND type = 'User'`;

/** Completes a row with what follows from other resources: `members`, `groups`, `manager.displayName`. */
export function toResource(
  connection: Connection,
  [seq, id, type, created, modified, version, doc]: Row,
  { without = [] }: Read = {},
): Resource {
  const attributes = JSON.parse(doc) as Record<string, Attributes[string]>;
  const block = attributes[ENTERPRISE_SCHEMA];
  if (block !== undefined) attributes[ENTERPRISE_SCHEMA] = withManager(connection, block as Attributes);
  const { showsGroups, hasMembers } = TRAITS[type];
  const groups = showsGroups && !without.includes('groups') ? groupsOf(connection, seq) : [];
  const members = hasMembers && !without.includes('members') ? membersOf(connection, seq) : [];
  if (groups.length > 0) attributes['groups'] = groups;
  if (members.length > 0) attributes['members'] = members;
  const meta = { created: formatDateTime(created), lastModified: formatDateTime(modified), version: String(version) };
  return { id, meta, attributes };
}

function withManager(connection: Connection, block: Attributes): Attributes {
  const manager = block['manager'];
  if (!isComplex(manager)) return block;
  const [displayName] = connection.row<readonly [string | null]>(MANAGER, manager['managerId']) ?? [];
  return displayName ? { ...block, manager: { ...(manager as Complex), displayName } } : block;
}
