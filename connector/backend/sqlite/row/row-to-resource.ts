import { formatDateTime } from '../../../scim/date-time.ts';
import { notFound } from '../../../scim/error.ts';
import type { Read } from '../../../scim/query.ts';
import { type Attributes, type Complex, isComplex, type Resource } from '../../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import { TRAITS, type TypeName } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';

/** Columns of one resource, in the order of `COLUMNS`. */
export type Row = readonly [
  seq: number,
  id: string,
  type: TypeName,
  created: number,
  modified: number,
  version: number,
  doc: string,
];

export const COLUMNS = 'seq, id, type, created, modified, version, doc';

const MEMBERS = `
SELECT m.id, m.display, m.type
FROM membership AS s CROSS JOIN resource AS m ON m.seq = s.member_seq
WHERE s.group_seq = ? ORDER BY s.member_seq`;

const HAS_GROUPS = 'SELECT 1 FROM membership WHERE member_seq = ? LIMIT 1';

/** UNION, not UNION ALL: a group reached twice is not followed twice, so cycles end. */
const GROUPS = `
WITH RECURSIVE above (seq) AS (
  SELECT group_seq FROM membership WHERE member_seq = ?
  UNION
  SELECT s.group_seq FROM above JOIN membership AS s ON s.member_seq = above.seq
)
SELECT g.id, g.display, EXISTS (SELECT 1 FROM membership WHERE group_seq = g.seq AND member_seq = ?) AS direct
FROM above JOIN resource AS g ON g.seq = above.seq
ORDER BY direct DESC, g.seq`;

const MANAGER = `SELECT json_extract(doc, '$.displayName') FROM resource WHERE id = ? AND type = 'User'`;

/** The row of a resource. @throws notFound */
export function findRow(connection: Connection, type: TypeName, id: string): Row {
  const row = connection.row<Row>(`SELECT ${COLUMNS} FROM resource WHERE id = ?`, id);
  // The column ignores case, for filters; an id in a URL does not.
  if (row?.[2] !== type || row[1] !== id) throw notFound(type, id);
  return row;
}

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

function membersOf(connection: Connection, seq: number): Complex[] {
  return connection
    .rows<readonly [string, string, string]>(MEMBERS, seq)
    .map(([value, display, type]) => ({ value, display, type }));
}

function groupsOf(connection: Connection, seq: number): Complex[] {
  // Most lists are of people without groups, and starting a recursion costs ten times this.
  if (connection.row(HAS_GROUPS, seq) === undefined) return [];
  return connection
    .rows<readonly [string, string, number]>(GROUPS, seq, seq)
    .map(([value, display, direct]) => ({ value, display, type: direct ? 'direct' : 'indirect' }));
}

function withManager(connection: Connection, block: Attributes): Attributes {
  const manager = block['manager'];
  if (!isComplex(manager)) return block;
  const [displayName] = connection.row<readonly [string | null]>(MANAGER, manager['managerId']) ?? [];
  return displayName ? { ...block, manager: { ...(manager as Complex), displayName } } : block;
}
