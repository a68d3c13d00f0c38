import type { Change, Element } from '../../../scim/change.ts';
import { noSuchMembers } from '../../../scim/error.ts';
import { isComplex } from '../../../scim/resource.ts';
import type { Connection } from '../connection/connection.ts';

/** The ids of members by their `seq`, as far as they are known. */
type Names = Map<number, string>;

/** Who joined and left a group, by `seq`. */
interface Movement {
  readonly joined: readonly number[];
  readonly left: readonly number[];
}

export interface Moved extends Movement {
  readonly names: Names;
}

/**
 * Applies `changes` to the members of a group; every user who joined or left gets a new `lastModified`. As many statements
 * whatever their number, and none that reads who else is a member.
 * @throws invalidValue naming the ids that are nobody's
 */
export function changeMembers(connection: Connection, group: number, changes: readonly Change[], now: number): Moved {
  const joined = new Set<number>();
  const left = new Set<number>();
  const names: Names = new Map();
  for (const change of changes) {
    const moved = apply(connection, group, change, names);
    // Out and in again, or in and out, is as if nothing had been.
    for (const seq of moved.left) if (!joined.delete(seq)) left.add(seq);
    for (const seq of moved.joined) if (!left.delete(seq)) joined.add(seq);
  }
  touchAll(connection, [...joined, ...left], now);
  return { joined: [...joined], left: [...left], names };
}

function apply(connection: Connection, group: number, change: Change, names: Names): Movement {
  switch (change.op) {
    case 'add':
      return { joined: join(connection, group, known(connection, change.values, names)), left: [] };
    case 'remove':
      return { joined: [], left: leave(connection, group, resolve(connection, change.values, names).found) };
    case 'unset':
      return { joined: [], left: leaveAllBut(connection, group, []) };
    case 'set': {
      const wanted = known(connection, (Array.isArray(change.value) ? change.value : []) as readonly Element[], names);
      const left = leaveAllBut(connection, group, wanted);
      return { joined: join(connection, group, wanted), left };
    }
  }
}

/** The ids of `members`, in no order; those that nobody has named are looked up. */
export function idsOf(connection: Connection, members: readonly number[], names: Names): readonly string[] {
  const unnamed = members.filter((seq) => !names.has(seq));
  const named = members.flatMap((seq) => names.get(seq) ?? []);
  if (unnamed.length === 0) return named;
  const text = 'SELECT r.id FROM json_each(?) AS p CROSS JOIN resource AS r ON r.seq = p.value';
  return [...named, ...connection.rows<readonly [string]>(text, list(unnamed)).map(([id]) => id)];
}

/** `seq`s for json_each: a list of any length is one parameter. */
const list = (members: readonly number[]): string => JSON.stringify(members);

const firsts = (rows: readonly (readonly [number])[]): readonly number[] => rows.map(([seq]) => seq);

function join(connection: Connection, group: number, members: readonly number[]): readonly number[] {
  const text = 'INSERT OR IGNORE INTO membership SELECT ?, value FROM json_each(?) WHERE true RETURNING member_seq';
  return firsts(connection.rows(text, group, list(members)));
}

function leave(connection: Connection, group: number, members: readonly number[]): readonly number[] {
  const text = `DELETE FROM membership WHERE group_seq = ? AND member_seq IN (SELECT value FROM json_each(?))
    RETURNING member_seq`;
  return firsts(connection.rows(text, group, list(members)));
}

function leaveAllBut(connection: Connection, group: number, members: readonly number[]): readonly number[] {
  const text = `DELETE FROM membership WHERE group_seq = ? AND member_seq NOT IN (SELECT value FROM json_each(?))
    RETURNING member_seq`;
  return firsts(connection.rows(text, group, list(members)));
}

/** @throws invalidValue naming the ids that are nobody's */
function known(connection: Connection, values: readonly Element[], names: Names): readonly number[] {
  const { found, unknown } = resolve(connection, values, names);
  if (unknown.length === 0) return found;
  throw noSuchMembers(unknown);
}

function resolve(
  connection: Connection,
  values: readonly Element[],
  names: Names,
): { readonly found: readonly number[]; readonly unknown: readonly string[] } {
  const ids = values.map((element) => String(isComplex(element) ? element['value'] : element));
  const rows = connection.rows<readonly [string, number | null, string | null]>(
    'SELECT j.value, r.seq, r.id FROM json_each(?) AS j LEFT JOIN resource AS r ON r.id = j.value',
    JSON.stringify(ids),
  );
  // The column ignores case, for filters; an id does not.
  const isExact = ([id, , there]: (typeof rows)[number]): boolean => id === there;
  for (const [id, seq] of rows) if (seq !== null) names.set(seq, id);
  return {
    found: rows.flatMap((row) => (isExact(row) ? (row[1] ?? []) : [])),
    unknown: rows.filter((row) => !isExact(row)).map(([id]) => id),
  };
}

/** A new `lastModified` alone: the version is that of the resource's own attributes, and clients hold it. */
function touchAll(connection: Connection, members: readonly number[], now: number): void {
  if (members.length === 0) return;
  const text = `UPDATE resource SET modified = max(?, modified + 1) WHERE seq IN (SELECT value FROM json_each(?))`;
  connection.run(text, now, list(members));
}

/** Before `seq` is deleted: its members and the groups it is in are about to change. */
export function touchNeighbours(connection: Connection, seq: number, now: number): void {
  connection.run(
    `UPDATE resource SET modified = max(?, modified + 1)
     WHERE seq IN (SELECT member_seq FROM membership WHERE group_seq = ?)`,
    now,
    seq,
  );
  connection.run(
    `UPDATE resource SET modified = max(?, modified + 1), version = version + 1
     WHERE seq IN (SELECT group_seq FROM membership WHERE member_seq = ?)`,
    now,
    seq,
  );
}
