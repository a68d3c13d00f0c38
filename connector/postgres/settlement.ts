/**
 * What remains of a commit: each connection has a row in which its last turn is written, in the transaction of the change.
 * Whoever did not hear whether it was committed looks there, on a server that may be another one by now. Numbers of
 * transactions would not do: after a crash, or on a standby that was promoted, another transaction may have the same.
 */
export const SETTLEMENT_TABLE = `CREATE TABLE IF NOT EXISTS scim.settlement (
  connection text COLLATE "C" PRIMARY KEY, turn bigint NOT NULL, at timestamptz NOT NULL DEFAULT now())`;

/** $1 connection, $2 turn. Fails where the turn is over: a commit that was on its way all the time must not come after all. */
export const MARK = `INSERT INTO scim.settlement AS mark (connection, turn) VALUES ($1, $2)
  ON CONFLICT (connection) DO UPDATE SET at = now(), turn = CASE WHEN mark.turn < 0 THEN NULL ELSE excluded.turn END`;

/**
 * $1 connection, $2 turn. Waits for the transaction where it still runs, and ends the turn where it did not commit. Being a
 * change itself it is answered when all that was committed before is as safe as this server makes it.
 */
export const SETTLE = `INSERT INTO scim.settlement AS mark (connection, turn) VALUES ($1, -1)
  ON CONFLICT (connection) DO UPDATE SET turn = CASE WHEN mark.turn = $2 THEN mark.turn ELSE -1 END
  RETURNING turn`;

/** Of connections that are long gone. Never in anybody's way. */
export const FORGET = `DELETE FROM scim.settlement WHERE connection IN (
  SELECT connection FROM scim.settlement WHERE at < now() - interval '1 hour' FOR UPDATE SKIP LOCKED)`;
