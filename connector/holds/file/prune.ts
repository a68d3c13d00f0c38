import type { Database } from 'better-sqlite3';

const DAY = 86_400_000;
/** The longest window. */
const COUNTED = 31 * DAY;
/** For whoever asks later what a hold was about. */
const HELD = 30 * DAY;
/** Of a hold itself: who decided, and why. */
const HOLD = 365 * DAY;

/** @param now  unit: ms since 1970 */
export function prune(db: Database, now: number): void {
  db.transaction(() => {
    db.prepare('DELETE FROM event WHERE at < ?').run(now - COUNTED);
    db.prepare('DELETE FROM verdict WHERE until < ?').run(now);
    db.prepare('DELETE FROM held WHERE hold IN (SELECT id FROM hold WHERE ended < ?)').run(now - HELD);
    db.prepare('DELETE FROM hold WHERE ended < ?').run(now - HOLD);
  }).immediate();
}
