import type { Session } from '../../../postgres/session.ts';
import type { Change, Element } from '../../../scim/change.ts';
import { noSuchMembers } from '../../../scim/error.ts';
import { isComplex } from '../../../scim/resource.ts';
import { nextModified } from './now.ts';
import { isText } from './storable.ts';

/** Who joined and left a group, by `seq` with their ids. */
export interface Moved {
  readonly joined: ReadonlyMap<number, string>;
  readonly left: ReadonlyMap<number, string>;
}

/** One that moved, or an id that is nobody's. */
type Movement = readonly [what: 'joined' | 'left' | 'unknown', id: string, seq: number | null];

/**
 * $1: the group. $2: ids, JSON. The index ignores the case of an id; an id is exact. OFFSET 0: one after another by the
 * index, since nobody knows how few they are, and the server would rather read a whole table.
 */
const NAMED = `named AS MATERIALIZED (
  SELECT DISTINCT j.id, r.seq FROM json_array_elements_text($2::json) AS j (id)
  LEFT JOIN LATERAL (
    SELECT r.seq FROM scim.resource AS r WHERE lower(r.id) = lower(j.id COLLATE "C") AND r.id = j.id OFFSET 0
  ) AS r ON true
)`;
const JOINED = `joined AS (
  INSERT INTO scim.membership (group_seq, member_seq) SELECT $1::bigint, seq FROM named WHERE seq IS NOT NULL ORDER BY seq
  ON CONFLICT DO NOTHING RETURNING member_seq AS seq
)`;
const left = (which: string): string => `gone AS (
  DELETE FROM scim.membership WHERE group_seq = $1::bigint AND ${which} RETURNING member_seq AS seq
)`;
const MOVED_IN = `SELECT 'joined', n.id, n.seq FROM joined JOIN named AS n ON n.seq = joined.seq`;
const MOVED_OUT = `SELECT 'left', r.id, gone.seq FROM gone
  CROSS JOIN LATERAL (SELECT r.id FROM scim.resource AS r WHERE r.seq = gone.seq OFFSET 0) AS r`;
const UNKNOWN = `SELECT 'unknown', id, seq FROM named WHERE seq IS NULL`;

/** As many statements whatever the number of members, and none that reads who else is one. */
const STATEMENTS = {
  add: `WITH ${NAMED}, ${JOINED} ${MOVED_IN} UNION ALL ${UNKNOWN}`,
  remove: `WITH ${NAMED}, ${left('member_seq = ANY (ARRAY(SELECT seq FROM named))')} ${MOVED_OUT}`,
  set: `WITH ${NAMED}, ${left('member_seq NOT IN (SELECT seq FROM named WHERE seq IS NOT NULL)')}, ${JOINED}
    ${MOVED_IN} UNION ALL ${MOVED_OUT} UNION ALL ${UNKNOWN}`,
} as const;

/** In the order of `seq`: two who change the same members wait for each other and not both. */
const TOUCH = `
WITH locked AS MATERIALIZED (
  SELECT seq FROM scim.resource WHERE seq = ANY ($1::bigint[]) ORDER BY seq FOR NO KEY UPDATE
)
UPDATE scim.resource AS r SET modified = ${nextModified('r')} FROM locked WHERE r.seq = locked.seq`;

/**
 * Applies `changes` to the members of a group whose row is locked; every member who joined or left gets a new
 * `lastModified`, and its version stays: that is the version of the member's own attributes, and clients hold it.
 * @throws invalidValue naming the ids that are nobody's
 */
export async function changeMembers(session: Session, group: number, changes: readonly Change[]): Promise<Moved> {
  const [joined, gone] = [new Map<number, string>(), new Map<number, string>()];
  for (const change of changes) {
    const moved = await apply(session, group, change);
    const unknown = moved.filter(([what]) => what === 'unknown').map(([, id]) => id);
    if (unknown.length > 0) throw noSuchMembers(inTheirOrder(unknown, change));
    // Out and in again, or in and out, is as if nothing had been.
    for (const [what, id, seq] of moved) if (what === 'left' && seq && !joined.delete(seq)) gone.set(seq, id);
    for (const [what, id, seq] of moved) if (what === 'joined' && seq && !gone.delete(seq)) joined.set(seq, id);
  }
  const touched = [...joined.keys(), ...gone.keys()];
  if (touched.length > 0) await session.run(TOUCH, touched);
  return { joined, left: gone };
}

async function apply(session: Session, group: number, change: Change): Promise<readonly Movement[]> {
  const op = change.op === 'unset' ? 'set' : change.op;
  const ids = idsIn(change);
  const known = ids.filter(isText);
  const moved = await session.rows<Movement>(STATEMENTS[op], group, JSON.stringify(known));
  const strange = op === 'remove' ? [] : ids.filter((id) => !isText(id));
  return [...moved, ...strange.map((id): Movement => ['unknown', id, null])];
}

function idsIn(change: Change): readonly string[] {
  if (change.op === 'unset') return [];
  const values = change.op === 'set' ? (Array.isArray(change.value) ? change.value : []) : change.values;
  return (values as readonly Element[]).map((one) => String(isComplex(one) ? one['value'] : one));
}

/** As the client gave them. */
function inTheirOrder(unknown: readonly string[], change: Change): readonly string[] {
  const among = new Set(unknown);
  return [...new Set(idsIn(change))].filter((id) => among.has(id));
}
