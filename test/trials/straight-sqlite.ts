import Database from 'better-sqlite3';
import type { Straight } from './straight.ts';
import { type Rows, readRows } from './straight-rows.ts';

/** Reads the file of a connector. */
export function readFile(file: string): Straight {
  const database = new Database(file, { readonly: true });
  const rows = <Row>(text: string): Row[] => database.prepare(text).raw().all() as Row[];
  try {
    return readRows({
      people: rows("SELECT seq, doc FROM resource WHERE type = 'User'"),
      groups: rows("SELECT seq, doc FROM resource WHERE type = 'Group'"),
      memberships: rows<Rows['memberships'][number]>('SELECT group_seq, member_seq FROM membership'),
      hashes: rows('SELECT seq, hash FROM password'),
    });
  } finally {
    database.close();
  }
}
