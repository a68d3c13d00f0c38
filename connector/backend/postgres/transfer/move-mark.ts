import type { Caller, Database, Session } from '../../../postgres/database.ts';
import { unavailable } from '../../../postgres/postgres-errors.ts';
import { ScimError } from '../../../scim/error.ts';
import type { KeptBatch, KeptContent, MoveStanding, Position } from '../../module/moving.ts';

type Row = readonly [
  digest: string,
  room: number | null,
  key: number,
  second: number,
  done: number,
  finished: string | null,
];

type Asked = Pick<Session, 'rows'>;

const MARK = `SELECT digest, room, key, second, done, to_char(finished AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
FROM scim.move`;

const IS_EMPTY = 'SELECT NOT EXISTS (SELECT FROM scim.resource) AND NOT EXISTS (SELECT FROM scim.entitlement)';

function conflict(words: string): ScimError {
  const text = `PostgreSQL: ${words}`;
  return new ScimError('conflict', text, { fault: 'database-in-use' });
}

async function markIn(session: Asked): Promise<Row | undefined> {
  const [row] = await session.rows<Row>(MARK);
  return row;
}

const hasPeople = async (session: Asked): Promise<boolean> => {
  const [[isEmpty] = [true]] = await session.rows<readonly [boolean]>(IS_EMPTY);
  return !isEmpty;
};

const positionOf = ([, room, key, second]: Row): Position | undefined =>
  room === null ? undefined : [room, key, second];

/** What a move of this content meets. @throws conflict */
export async function standingFor(session: Asked, { digest }: KeptContent): Promise<MoveStanding | undefined> {
  const mark = await markIn(session);
  if (!mark) {
    if (await hasPeople(session))
      throw conflict('there are people in it already; move into an empty schema, or set another one');
    return undefined;
  }
  const [of, , , , done, finished] = mark;
  if (of === digest)
    return finished === null ? { kind: 'begun', after: positionOf(mark), done } : { kind: 'finished', at: finished };
  throw conflict(
    finished === null
      ? 'a move into it has begun, of other content: the file has changed since, or it is another one. Run the move with --restart, which throws away what is there and begins anew'
      : `a move into it was finished at ${finished}, of other content; move into an empty schema, or set another one`,
  );
}

/** @throws conflict */
export async function beginMove(session: Session, content: KeptContent): Promise<MoveStanding> {
  await session.run('LOCK TABLE scim.move IN EXCLUSIVE MODE');
  const standing = await standingFor(session, content);
  if (standing) return standing;
  await session.run('INSERT INTO scim.move (digest) VALUES ($1)', content.digest);
  return { kind: 'begun', after: undefined, done: 0 };
}

const ADVANCE = `
UPDATE scim.move SET room = $1, key = $2, second = $3, done = done + $4
WHERE finished IS NULL AND (room IS NULL OR (room, key, second) < ($1::int, $2::bigint, $3::bigint))`;

/** In the transaction of the batch. @returns whether it is not there yet @throws conflict  the mark is gone */
export async function advance(session: Session, { end, rows }: KeptBatch): Promise<boolean> {
  if ((await session.run(ADVANCE, ...end, rows.length)) > 0) return true;
  const mark = await markIn(session);
  if (!mark || mark[5] !== null) throw conflict('the move has been ended by somebody else');
  return false;
}

const TABLES = ['resource', 'email', 'membership', 'password', 'block_count', 'entitlement', 'move'];

/** @throws conflict  what is there is no unfinished move */
export async function discardMove(session: Session): Promise<void> {
  await session.run('LOCK TABLE scim.move IN EXCLUSIVE MODE');
  const mark = await markIn(session);
  if (mark ? mark[5] !== null : await hasPeople(session))
    throw conflict('what is in it is no unfinished move, and is not thrown away');
  await session.run(`TRUNCATE ${TABLES.map((table) => `scim.${table}`).join(', ')}`);
}

/** Before people are served from it. @throws unavailable  a move into it is not finished */
export async function refuseUnfinishedMove(database: Database, caller: Caller): Promise<void> {
  const mark = await markIn({ rows: (text, ...params) => database.rows(caller, text, ...params) });
  if (!mark || mark[5] !== null) return;
  throw unavailable(
    'database-in-use',
    'a move into it is not finished, and some people are missing: run "scim-connector data migrate" again, which goes on where it was',
  );
}
