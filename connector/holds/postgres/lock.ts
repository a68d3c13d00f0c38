import type { Session } from '../../postgres/session.ts';

/** "SCIH": tells our locks from others in the same database. */
const HOLDS = 0x53434948;

/**
 * Until the transaction ends nobody else counts or decides for the app. What is read after it sees what others have done
 * before it: statements have snapshots of their own.
 */
export async function lockApp(session: Session, app: string): Promise<void> {
  await session.rows('SELECT pg_advisory_xact_lock($1, hashtext($2))', HOLDS, app);
}
