import type { Session } from '../../postgres/session.ts';
import { shortKey, storable } from '../../postgres/storable.ts';
import { decidable, decidedShares, ORDERED, type Outcome, requireSettable } from '../decision.ts';
import { type Decision, type KeptHold, VERDICT_LASTS } from '../kept-hold.ts';
import type { Mode } from '../ledger.ts';
import type { HeldRequest } from '../share.ts';
import { beginHold } from './held-rows.ts';
import { keptHold, openHold } from './kept-rows.ts';
import { lockApp } from './lock.ts';
import { shortShare } from './short-share.ts';

const REQUESTS = 'SELECT doc FROM scim.held WHERE hold = $1';
const END = `UPDATE scim.hold SET ended = scim.now_ms(), outcome = $2, actor = $3, reason = $4 WHERE id = $1`;
const FORGET = 'DELETE FROM scim.hold_event WHERE app = $1 AND kind = $2 AND scope = $3';
const JUDGE = `INSERT INTO scim.hold_verdict (app, kind, scope, key, outcome, hold, until)
  SELECT DISTINCT $1, line.kind, line.scope, line.key, $3, $4::bigint, scim.now_ms() + $5::bigint
  FROM json_to_recordset($2::json) AS line(kind text, scope text, key text)
  ON CONFLICT (app, kind, scope, key) DO UPDATE
    SET outcome = excluded.outcome, hold = excluded.hold, until = excluded.until`;
const JUDGED = `INSERT INTO scim.hold_app (name, verdicts_until) VALUES ($1, scim.now_ms() + $2::bigint)
  ON CONFLICT (name) DO UPDATE SET verdicts_until = excluded.verdicts_until`;
const SET = `INSERT INTO scim.hold_app (name, read_only, actor, reason, since) VALUES ($1, $2, $3, $4, scim.now_ms())
  ON CONFLICT (name) DO UPDATE
    SET read_only = excluded.read_only, actor = excluded.actor, reason = excluded.reason, since = excluded.since`;

const end = (session: Session, id: number, outcome: Outcome, { actor, reason }: Decision): Promise<unknown> =>
  session.run(END, id, outcome, storable(actor), reason === undefined ? null : storable(reason));

/** @throws DecisionError */
export async function decide(session: Session, id: number, outcome: Outcome, decision: Decision): Promise<KeptHold> {
  const { app } = decidable(id, await keptHold(session.rows.bind(session), id), outcome);
  await lockApp(session, app);
  // Somebody may have decided it while the lock was waited for.
  const hold = decidable(id, await keptHold(session.rows.bind(session), id), outcome);
  const requests = await session.rows<readonly [string]>(REQUESTS, id);
  const held = requests.map(([doc]) => JSON.parse(doc) as HeldRequest);
  const lines = decidedShares(hold, outcome, held).map(shortShare);
  if (outcome === 'released') await session.run(FORGET, app, hold.kind, shortKey(hold.scope));
  if (lines.length > 0) await session.run(JUDGE, app, JSON.stringify(lines), outcome, id, VERDICT_LASTS);
  await session.run(JUDGED, app, VERDICT_LASTS);
  await end(session, id, outcome, decision);
  return (await keptHold(session.rows.bind(session), id)) as KeptHold;
}

/** @throws DecisionError a hold was tripped, which somebody has to look at */
export async function setMode(session: Session, app: string, mode: Mode, decision: Decision): Promise<void> {
  await lockApp(session, app);
  const open = await openHold(session.rows.bind(session), app);
  requireSettable(app, mode, open);
  if (mode !== 'hold' && open?.kind === 'ordered') await end(session, open.id, 'released', decision);
  const reason = storable(decision.reason ?? '');
  if (mode === 'hold' && !open) {
    const [[opened = 0] = []] = await session.rows<readonly [number]>(`SELECT scim.now_ms()`);
    await beginHold(session, { app, kind: 'ordered', scope: '', text: decision.reason ?? ORDERED, opened });
  }
  await session.run(SET, app, mode === 'read-only', storable(decision.actor), reason);
}
