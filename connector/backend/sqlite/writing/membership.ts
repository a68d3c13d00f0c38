import type { Change, Element } from '../../../scim/change.ts';
import { noSuchMembers } from '../../../scim/error.ts';
import { isComplex } from '../../../scim/resource.ts';
import type { Connection } from '../connection/connection.ts';

/**
 * Applies `changes` to the members of a group; every user who joined or left gets a new `lastModified`. As many statements
 * whatever their number, and none that reads who else is a member.
 * @returns whether anybody joined or left
 * @throws invalidValue naming the ids that are nobody's
 */
export function changeMembers(connection: Connection, group: number, changes: readonly Change[], now: number): boolean {
  const moved = new Set<number>();
  for (const change of changes) {
    for (const seq of apply(connection, group, change)) {
      // Out and in again, or in and out, is as if nothing had been.
      if (!moved.delete(seq)) moved.add(seq);
    }
  }
  touchAll(connection, moved, now);
  return moved.size > 0;
}

/** @returns the members that joined or left */
function apply(connection: Connection, group: number, change: Change): readonly number[] {
  switch (change.op) {
    case 'add':
      return join(connection, group, known(connection, change.values));
    case 'remove':
      return leave(connection, group, resolve(connection, change.values).found);
    case 'unset':
      return leaveAllBut(connection, group, []);
    case 'set': {
      const wanted = known(connection, (Array.isArray(change.value) ? change.value : []) as readonly Element[]);
      return [...leaveAllBut(connection, group, wanted), ...join(connection, group, wanted)];
    }
  }
}

/** `seq`s for json_each: a list of any length is one parameter. */
const list = (members: Iterable<number>): string => JSON.stringify([...members]);

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
function known(connection: Connection, values: readonly Element[]): readonly number[] {
  const { found, unknown } = resolve(connection, values);
  if (unknown.length === 0) return found;
  throw noSuchMembers(unknown);
}

function resolve(
  connection: Connection,
  values: readonly Element[],
): { readonly found: readonly number[]; readonly unknown: readonly string[] } {
  const ids = values.map((element) => String(isComplex(element) ? element['value'] : element));
  const rows = connection.rows<readonly [string, number | null, string | null]>(
    'SELECT j.value, r.seq, r.id FROM json_each(?) AS j LEFT JOIN resource AS r ON r.id = j.value',
    JSON.stringify(ids),
  );
  // The column ignores case, for filters; an id does not.
  const isExact = ([id, , there]: (typeof rows)[number]): boolean => id === there;
  return {
    found: rows.flatMap((row) => (isExact(row) ? (row[1] ?? []) : [])),
    unknown: rows.filter((row) => !isExact(row)).map(([id]) => id),
  };
}

/** A new `lastModified` alone: the version is that of the resource's own attributes, and clients hold it. */
function touchAll(connection: Connection, members: ReadonlySet<number>, now: number): void {
  if (members.size === 0) return;
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
