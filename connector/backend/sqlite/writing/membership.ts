import type { Change, Element } from '../../../scim/change.ts';
import { noSuchMembers } from '../../../scim/error.ts';
import { isComplex } from '../../../scim/resource.ts';
import type { Connection } from '../connection/connection.ts';

/** Applies `changes` to the members of a group; every user who joined or left gets a new `lastModified`. */
export function changeMembers(connection: Connection, group: number, changes: readonly Change[], now: number): void {
  const touched = new Set<number>();
  for (const change of changes) {
    for (const seq of apply(connection, group, change)) touched.add(seq);
  }
  touchAll(connection, touched, now);
}

/** @returns the members that joined or left */
function apply(connection: Connection, group: number, change: Change): Iterable<number> {
  switch (change.op) {
    case 'add':
      return join(connection, group, known(connection, change.values));
    case 'remove':
      return leave(connection, group, resolve(connection, change.values).found);
    case 'unset':
      return leave(connection, group, current(connection, group));
    case 'set': {
      const wanted = known(connection, (Array.isArray(change.value) ? change.value : []) as readonly Element[]);
      const unwanted = [...current(connection, group)].filter((seq) => !wanted.has(seq));
      const left = leave(connection, group, unwanted);
      return [...left, ...join(connection, group, wanted)];
    }
  }
}

function current(connection: Connection, group: number): Set<number> {
  const rows = connection.rows<readonly [number]>('SELECT member_seq FROM membership WHERE group_seq = ?', group);
  return new Set(rows.map(([seq]) => seq));
}

function join(connection: Connection, group: number, members: ReadonlySet<number>): number[] {
  return [...members].filter(
    (member) => connection.run('INSERT OR IGNORE INTO membership VALUES (?, ?)', group, member).changes > 0,
  );
}

function leave(connection: Connection, group: number, members: Iterable<number>): number[] {
  const remove = 'DELETE FROM membership WHERE group_seq = ? AND member_seq = ?';
  return [...members].filter((member) => connection.run(remove, group, member).changes > 0);
}

/** @throws invalidValue naming the ids that are nobody's */
function known(connection: Connection, values: readonly Element[]): Set<number> {
  const { found, unknown } = resolve(connection, values);
  if (unknown.length === 0) return found;
  throw noSuchMembers(unknown);
}

function resolve(connection: Connection, values: readonly Element[]): { found: Set<number>; unknown: string[] } {
  const found = new Set<number>();
  const unknown: string[] = [];
  for (const element of values) {
    const id = String(isComplex(element) ? element['value'] : element);
    const row = connection.row<readonly [number, string]>('SELECT seq, id FROM resource WHERE id = ?', id);
    if (row?.[1] === id) found.add(row[0]);
    else unknown.push(id);
  }
  return { found, unknown };
}

/** A new `lastModified` alone: the version is that of the resource's own attributes, and clients hold it. */
function touchAll(connection: Connection, members: Iterable<number>, now: number): void {
  for (const seq of members) {
    connection.run('UPDATE resource SET modified = max(?, modified + 1) WHERE seq = ?', now, seq);
  }
}

/** Before `seq` is deleted: its members and the groups it is in are about to change. */
export function touchNeighbours(connection: Connection, seq: number, now: number): void {
  touchAll(connection, current(connection, seq), now);
  connection.run(
    `UPDATE resource SET modified = max(?, modified + 1), version = version + 1
     WHERE seq IN (SELECT group_seq FROM membership WHERE member_seq = ?)`,
    now,
    seq,
  );
}
