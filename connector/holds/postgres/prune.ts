import type { Database } from '../../postgres/database.ts';
import { COUNTED_FOR, HELD_FOR, HOLDS_FOR } from '../kept-hold.ts';
import type { Caller } from '../ledger.ts';
import { FORGET_SUMS } from './sums.ts';

/** What is being counted again at this moment is left for the next time. */
const STATEMENTS: readonly (readonly [text: string, lasts: number])[] = [
  [
    `DELETE FROM scim.hold_event it USING (
       SELECT app, kind, scope, key FROM scim.hold_event WHERE at < scim.now_ms() - $1::bigint FOR UPDATE SKIP LOCKED) old
     WHERE (it.app, it.kind, it.scope, it.key) = (old.app, old.kind, old.scope, old.key)`,
    COUNTED_FOR,
  ],
  [FORGET_SUMS, COUNTED_FOR],
  [`DELETE FROM scim.hold_verdict WHERE until < scim.now_ms() - $1::bigint`, 0],
  [`DELETE FROM scim.held WHERE hold IN (SELECT id FROM scim.hold WHERE ended < scim.now_ms() - $1::bigint)`, HELD_FOR],
  [`DELETE FROM scim.hold WHERE ended < scim.now_ms() - $1::bigint`, HOLDS_FOR],
];

export async function pruneHolds(database: Database, caller: Caller): Promise<void> {
  for (const [text, lasts] of STATEMENTS) await database.run(caller, text, lasts);
}
