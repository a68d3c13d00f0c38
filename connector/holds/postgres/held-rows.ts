import { createHash } from 'node:crypto';
import type { Session } from '../../postgres/session.ts';
import { storable } from '../../postgres/storable.ts';
import { heldKey, MOST_HELD } from '../held-key.ts';
import type { Hold } from '../ledger.ts';
import type { HeldRequest } from '../share.ts';

const BEGIN = 'INSERT INTO scim.hold (app, kind, scope, text, opened) VALUES ($1, $2, $3, $4, $5) RETURNING id';

/** One statement: a request that is there already comes again, a new one is added while there is room, and is numbered beyond it. */
const KEEP = `WITH moment AS MATERIALIZED (SELECT scim.now_ms() AS now), kept AS (
    INSERT INTO scim.held (hold, key, first, last, times, doc)
    SELECT $1::bigint, $2::text, now, now, 1, $3::text FROM moment
    WHERE (SELECT count(*) FROM (SELECT 1 FROM scim.held WHERE hold = $1 LIMIT ${MOST_HELD}) full_up) < ${MOST_HELD}
      OR EXISTS (SELECT 1 FROM scim.held WHERE hold = $1 AND key = $2)
    ON CONFLICT (hold, key) DO UPDATE SET last = excluded.last, times = held.times + 1, doc = excluded.doc
    RETURNING 1)
  UPDATE scim.hold SET beyond = beyond + 1 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM kept)`;

export async function beginHold(session: Session, hold: Omit<Hold, 'id'>): Promise<Hold> {
  const { app, kind, scope, text, opened } = hold;
  const [row] = await session.rows<readonly [number]>(BEGIN, app, kind, storable(scope), storable(text), opened);
  return { ...hold, id: row?.[0] ?? 0 };
}

export async function keepHeld(session: Pick<Session, 'run'>, hold: number, request: HeldRequest): Promise<void> {
  const key = createHash('sha256').update(heldKey(request)).digest('base64url');
  await session.run(KEEP, hold, key, JSON.stringify(request));
}
