import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { openOwnDatabase } from '../../state/own-database.ts';
import { APPLICATION_ID, STEPS } from './tables.ts';

export const holdsFile = (stateDir: string): string => join(stateDir, 'holds.db');

/**
 * Opens the file, and makes it for its owner alone where there is none.
 * @param patience  how long a lock is waited for; SQLite's waiting stops the whole process. Unit: ms
 * @throws Error
 */
export const openHolds = (file: string, patience: number): Database.Database =>
  openOwnDatabase(file, { applicationId: APPLICATION_ID, steps: STEPS }, patience);
