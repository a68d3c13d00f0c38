import type { Database } from 'better-sqlite3';
import { COUNTED_FOR, HELD_FOR, HOLDS_FOR } from '../kept-hold.ts';

/** @param now  unit: ms since 1970 */
export function prune(db: Database, now: number): void {
  db.transaction(() => {
    db.prepare('DELETE FROM event WHERE at < ?').run(now - COUNTED_FOR);
    db.prepare('DELETE FROM verdict WHERE until < ?').run(now);
    db.prepare('DELETE FROM held WHERE hold IN (SELECT id FROM hold WHERE ended < ?)').run(now - HELD_FOR);
    db.prepare('DELETE FROM hold WHERE ended < ?').run(now - HOLDS_FOR);
  }).immediate();
}
