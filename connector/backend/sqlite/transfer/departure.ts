import { resolve } from 'node:path';
import type {
  Departure,
  GivenNumbers,
  KeptBatch,
  KeptEntitlement,
  KeptMembership,
  KeptResource,
  Position,
} from '../../module/moving.ts';
import type { Connection } from '../connection/connection.ts';
import { inFile, unavailable } from '../connection/sqlite-errors.ts';
import { FileLock } from '../file/file-lock.ts';
import { identify } from '../file/identify.ts';
import { openReadOnly } from '../file/open-read-only.ts';
import { SCHEMA } from '../schema/migrations.ts';

/** Rows that travel together. */
const BATCH = 1000;
/** Memberships that weigh as much as one person. */
const PAIRS = 5;

const RESOURCES = `
SELECT r.seq, r.id, r.type, r.twin, r.created, r.modified, r.version, r.doc, p.hash
FROM resource AS r LEFT JOIN password AS p ON p.seq = r.seq WHERE r.seq > ? ORDER BY r.seq LIMIT ?`;

const MEMBERSHIPS = `
SELECT group_seq, member_seq FROM membership
WHERE (group_seq, member_seq) > (?, ?) ORDER BY group_seq, member_seq LIMIT ?`;

const ENTITLEMENTS = `
SELECT seq, type, id, name, description, created, modified FROM entitlement WHERE seq > ? ORDER BY seq LIMIT ?`;

type ResourceRow = readonly [
  number,
  string,
  KeptResource['type'],
  number,
  number,
  number,
  number,
  string,
  string | null,
];
type EntitlementRow = readonly [number, string, string, string, string | null, number, number];

const toResource = ([
  seq,
  id,
  type,
  twin,
  created,
  modified,
  version,
  doc,
  passwordHash,
]: ResourceRow): KeptResource => ({
  ...{ seq, id, type, twin, created, modified, version, doc, passwordHash },
});

const toEntitlement = ([seq, type, id, name, description, created, modified]: EntitlementRow): KeptEntitlement => ({
  ...{ seq, type, id, name, description, created, modified },
});

/** One room after the other, each by its key. */
function* kept(connection: Connection, most: number, after: Position = [0, 0, 0]): Generator<KeptBatch, void> {
  const [room, key, second] = after;
  for (let last = room === 0 ? key : Number.MAX_SAFE_INTEGER; ; ) {
    const rows = connection.rows<ResourceRow>(RESOURCES, last, most).map(toResource);
    last = rows.at(-1)?.seq ?? last;
    if (rows.length === 0) break;
    yield { kind: 'resources', rows, end: [0, last, 0] };
  }
  let pair: KeptMembership = room > 1 ? [Number.MAX_SAFE_INTEGER, 0] : room === 1 ? [key, second] : [0, 0];
  for (;;) {
    const rows = connection.rows<KeptMembership>(MEMBERSHIPS, ...pair, most * PAIRS);
    pair = rows.at(-1) ?? pair;
    if (rows.length === 0) break;
    yield { kind: 'memberships', rows, end: [1, ...pair] };
  }
  for (let last = room === 2 ? key : 0; ; ) {
    const rows = connection.rows<EntitlementRow>(ENTITLEMENTS, last, most).map(toEntitlement);
    last = rows.at(-1)?.seq ?? last;
    if (rows.length === 0) break;
    yield { kind: 'entitlements', rows, end: [2, last, 0] };
  }
}

const numberOf = (connection: Connection, text: string): number => connection.row<readonly [number]>(text)?.[0] ?? 0;

const givenIn = (connection: Connection, table: string): number =>
  numberOf(connection, `SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = '${table}'`);

function open(file: string): Connection {
  const connection = openReadOnly(file);
  if (identify(connection, file) === SCHEMA) return connection;
  connection.close();
  throw unavailable(
    'database-missing',
    `${file} is of an earlier version; start the connector with it once, and stop it`,
  );
}

/** Everything in the file as it is at the first step. @param alone  no connector may have it open meanwhile @throws unavailable */
export function departFrom(file: string, alone: boolean, batch = BATCH): Departure {
  const place = resolve(file);
  // Before the lock, which would be made beside a file that is not there.
  const connection = open(place);
  let lock: FileLock | undefined;
  try {
    if (alone) lock = FileLock.take(place);
    // One read transaction, hence one moment.
    connection.db.exec('BEGIN');
    const given: GivenNumbers = {
      resources: givenIn(connection, 'resource'),
      entitlements: givenIn(connection, 'entitlement'),
    };
    return {
      place,
      given,
      waiting: numberOf(connection, 'SELECT count(*) FROM outbox'),
      kept: (after) => kept(connection, batch, after),
      close: () => {
        connection.close();
        lock?.release();
      },
    };
  } catch (error) {
    connection.close();
    lock?.release();
    throw inFile(place, error);
  }
}
