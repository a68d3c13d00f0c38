import { shown } from '../../../scim/error.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import type { Refusal } from '../../module/transfer.ts';
import type { Connection } from '../connection/connection.ts';
import { jsonPath } from '../query/json-path.ts';

/** More are not worth reading. */
const MAX_DANGLING = 20;

const TABLES = `
CREATE TEMP TABLE owner (seq INTEGER PRIMARY KEY, source TEXT NOT NULL, line INTEGER);
CREATE TEMP TABLE refused_id (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE given_id (id TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE pending_member (group_seq INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (group_seq, id)) WITHOUT ROWID;
CREATE TEMP TABLE pending_manager (seq INTEGER PRIMARY KEY, id TEXT NOT NULL);`;

/** What the id in the import, or else in the database, stands for. The import's own names come first. */
const MEANT = `coalesce((SELECT g.seq FROM given_id AS g WHERE g.id = p.id),
  (SELECT x.seq FROM resource AS x WHERE x.id = p.id AND x.id = p.id COLLATE BINARY))`;

/**
 * References of an import, kept until its end: whom they name may come later, and may get another id. They are in
 * temporary tables, since a company's memberships do not fit into little memory.
 */
export class PendingReferences {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.db.exec(TABLES);
  }

  given(id: string, seq: number): void {
    this.#connection.run('INSERT OR REPLACE INTO given_id VALUES (?, ?)', id, seq);
  }

  /** @param source  what errors call it */
  owner(seq: number, source: string, line: number | undefined): void {
    this.#connection.run('INSERT INTO owner VALUES (?, ?, ?)', seq, source, line ?? null);
  }

  /** It could not be imported: that is known, and references to it are no further fault. */
  refused(id: string): void {
    this.#connection.run('INSERT OR IGNORE INTO refused_id VALUES (?)', id);
  }

  member(group: number, id: string): void {
    this.#connection.run('INSERT OR IGNORE INTO pending_member VALUES (?, ?)', group, id);
  }

  manager(seq: number, id: string): void {
    this.#connection.run('INSERT INTO pending_manager VALUES (?, ?)', seq, id);
  }

  /**
   * Members who are neither in the import nor in the database, and managers who are groups. A manager who is nowhere stays an
   * id: he was deleted, or has yet to come.
   */
  *dangling(): Generator<Refusal> {
    yield* this.#unknown(
      `SELECT p.id, o.source, o.line FROM pending_member AS p JOIN owner AS o ON o.seq = p.group_seq WHERE ${MEANT} IS NULL`,
      (id) => `members: no User or Group has the id ${id}`,
    );
    yield* this.#unknown(
      `SELECT p.id, o.source, o.line FROM pending_manager AS p JOIN owner AS o ON o.seq = p.seq
       WHERE EXISTS (SELECT 1 FROM resource AS m WHERE m.seq = ${MEANT} AND m.type <> 'User')`,
      (id) => `${ENTERPRISE_SCHEMA}:manager.managerId: no User has the id ${id}`,
    );
  }

  /** Writes them all; none may be dangling. @returns the number of memberships */
  write(): number {
    this.#connection.run(
      `UPDATE resource SET doc = json_set(doc, ?, (SELECT m.id FROM pending_manager AS p JOIN resource AS m ON m.seq = ${MEANT} WHERE p.seq = resource.seq))
       WHERE seq IN (SELECT p.seq FROM pending_manager AS p JOIN resource AS m ON m.seq = ${MEANT} WHERE m.id <> p.id COLLATE BINARY)`,
      jsonPath(ENTERPRISE_SCHEMA, 'manager', 'managerId'),
    );
    // Members that were here before the import learn of their new group.
    this.#connection.run(
      `UPDATE resource SET modified = max(?, modified + 1) WHERE seq IN (
         SELECT x.seq FROM pending_member AS p JOIN resource AS x ON x.id = p.id
         WHERE p.id NOT IN (SELECT id FROM given_id))`,
      Date.now(),
    );
    return this.#connection.run(
      `INSERT OR IGNORE INTO membership SELECT p.group_seq, ${MEANT} FROM pending_member AS p`,
    ).changes;
  }

  *#unknown(query: string, what: (id: string) => string): Generator<Refusal> {
    const rows = this.#connection.rows<readonly [string, string, number | null]>(
      `${query} AND p.id NOT IN (SELECT id FROM refused_id) LIMIT ${MAX_DANGLING}`,
    );
    for (const [id, source, line] of rows)
      yield { text: `${source}: ${what(shown(id))}`, ...(line === null ? {} : { line }) };
  }
}
