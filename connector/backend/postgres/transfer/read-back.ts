import { isDeepStrictEqual } from 'node:util';
import type { Caller, Database } from '../../../postgres/database.ts';
import { unavailable } from '../../../postgres/postgres-errors.ts';
import type { KeptBatch, KeptEntitlement, KeptMembership, KeptResource } from '../../module/moving.ts';
import { derivedFrom } from './kept-row.ts';

/** Rows of one statement. */
const STRIDE = 1000;

const RESOURCES = `
SELECT r.seq, r.id, r.type, r.twin, r.created, r.modified, r.version, r.doc, p.hash,
  r.key, r.external_key, r.display, r.display_key, r.folded,
  (SELECT json_agg(e.value) FROM scim.email AS e WHERE e.seq = r.seq)
FROM scim.resource AS r LEFT JOIN scim.password AS p ON p.seq = r.seq WHERE r.seq > $1 ORDER BY r.seq LIMIT ${STRIDE}`;

const MEMBERSHIPS = `
SELECT group_seq, member_seq FROM scim.membership
WHERE (group_seq, member_seq) > ($1::bigint, $2::bigint) ORDER BY group_seq, member_seq LIMIT ${STRIDE}`;

const ENTITLEMENTS = `
SELECT seq, type, id, name, description, created, modified FROM scim.entitlement
WHERE seq > $1 ORDER BY seq LIMIT ${STRIDE}`;

type Kept = readonly [number, string, KeptResource['type'], number, number, number, number, string, string | null];
type Beside = readonly [string, string | null, string, string, string, string | null];

/** What follows from the document is as it has to be, or else nobody would be found by it. @throws unavailable */
function verify(
  resource: KeptResource,
  [key, external_key, display, display_key, folded, emails]: Beside,
): KeptResource {
  const { emails: wanted, folded: text, ...keys } = derivedFrom(resource);
  const there = { key, external_key, display, display_key, folded: JSON.parse(folded) };
  const derived = { ...keys, folded: JSON.parse(text) };
  const addresses = new Set<string>(JSON.parse(emails ?? '[]'));
  if (isDeepStrictEqual(there, derived) && isDeepStrictEqual(addresses, new Set(wanted))) return resource;
  const complaint = `the row of ${resource.type} ${resource.id} does not follow from its document: something else writes to it`;
  throw unavailable('database-damaged', complaint);
}

function toResource(row: readonly unknown[]): KeptResource {
  const [seq, id, type, twin, created, modified, version, doc, passwordHash] = row as unknown as Kept;
  const resource = { seq, id, type, twin, created, modified, version, doc, passwordHash };
  return verify(resource, row.slice(9) as unknown as Beside);
}

function toEntitlement(row: readonly unknown[]): KeptEntitlement {
  const [seq, type, id, name, description, created, modified] = row as unknown as readonly [
    number,
    string,
    string,
    string,
    string | null,
    number,
    number,
  ];
  return { seq, type, id, name, description, created, modified };
}

/** Everything that is kept, in its order. Nobody else may write meanwhile. @throws unavailable */
export async function* readBack(database: Database, caller: Caller): AsyncGenerator<KeptBatch, void> {
  for (let last = 0; ; ) {
    const rows = (await database.rows(caller, RESOURCES, last)).map(toResource);
    last = rows.at(-1)?.seq ?? last;
    if (rows.length === 0) break;
    yield { kind: 'resources', rows, end: [0, last, 0] };
  }
  for (let pair: KeptMembership = [0, 0]; ; ) {
    const rows = await database.rows<KeptMembership>(caller, MEMBERSHIPS, ...pair);
    pair = rows.at(-1) ?? pair;
    if (rows.length === 0) break;
    yield { kind: 'memberships', rows, end: [1, ...pair] };
  }
  for (let last = 0; ; ) {
    const rows = (await database.rows(caller, ENTITLEMENTS, last)).map(toEntitlement);
    last = rows.at(-1)?.seq ?? last;
    if (rows.length === 0) break;
    yield { kind: 'entitlements', rows, end: [2, last, 0] };
  }
}
