import { formatDateTime } from '../../../scim/date-time.ts';
import { notFound } from '../../../scim/error.ts';
import type { Read } from '../../../scim/query.ts';
import type { Attributes, Complex, Resource } from '../../../scim/resource.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import { managerIdsIn, withManagerName } from '../../sql/managers.ts';
import { nextMembers } from './members.ts';
import { neighboursOf } from './neighbours.ts';
import { parseDocument } from './parse-document.ts';
import { type Row, rowsOf } from './row.ts';
import { type Shown, shownMembers } from './shown-members.ts';
import type { Reader } from './statement.ts';

/**
 * Completes rows with what follows from other resources: `members`, `groups`, `manager.displayName`. What can be asked
 * for all of them is asked once. A group that changes while its members are read is read again, and one that is deleted
 * left out.
 * @throws unavailable  a document is damaged
 */
export async function toResources(reader: Reader, rows: readonly Row[], read: Read = {}): Promise<readonly Resource[]> {
  const documents = rows.map(([, id, , , , , doc]) => parseDocument(id, doc));
  const inGroups = read.without?.includes('groups')
    ? []
    : rows.filter(([, , type, , , , , grouped]) => grouped && TRAITS[type].showsGroups);
  const members = inGroups.map(([seq]) => seq);
  const { groups, managers } = await neighboursOf(reader, members, managerIdsIn(documents));
  const shown = await shownMembers(reader, rows, read);
  const resources: Resource[] = [];
  for (const [index, row] of rows.entries()) {
    const part = shown.get(row[0]) ?? { members: [] };
    const attributes = withManagerName(documents[index] ?? {}, managers);
    const complete =
      part === 'changed' ? await readAgain(reader, row, read) : completed(row, attributes, groups.get(row[0]), part);
    if (complete) resources.push(complete);
  }
  return resources;
}

function completed(
  [, id, , created, modified, version]: Row,
  document: Attributes,
  groups: readonly Complex[] | undefined,
  { members, ...rest }: Shown,
): Resource {
  const made = formatDateTime(created);
  const lastModified = modified === created ? made : formatDateTime(modified);
  const attributes = { ...document, ...(groups && { groups }), ...(members.length > 0 && { members }) };
  return { id, meta: { created: made, lastModified, version: String(version) }, attributes, ...rest };
}

/** Rounds of a group that somebody changes all the time. */
const ATTEMPTS = 100;

/** A group as it is now: all its members in one statement, and the row before it of the same version. */
async function readAgain(reader: Reader, [seq]: Row, { bare, mostMembers: most }: Read): Promise<Resource | undefined> {
  for (let round = 0; round < ATTEMPTS; round += 1) {
    const [row] = await rowsOf(reader, [seq]);
    const all = (await nextMembers(reader, [{ group: seq, after: 0 }], { bare, most })).get(seq);
    if (!row || !all) return undefined;
    const [, id, , , , version, doc] = row;
    if (all.version !== version) continue;
    const { members } = all;
    return completed(row, parseDocument(id, doc), undefined, members ? { members } : { members: [], isPartial: true });
  }
  return undefined;
}

/** @throws unavailable  the document is damaged */
export async function toResource(reader: Reader, row: Row, read?: Read): Promise<Resource> {
  const [resource] = await toResources(reader, [row], read);
  if (!resource) throw notFound(row[2], row[1]);
  return resource;
}
