import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dropPartial, partialOf } from '../state/partial-file.ts';
import { readIfPresent } from '../state/private-file.ts';
import type { Contact } from './contacts.ts';
import type { FailedTls } from './failed-handshakes.ts';
import type { ImportRun } from './import-run.ts';
import type { ErrorGroup } from './last-errors.ts';
import type { OktaApp } from './okta-apps.ts';
import type { DayCount } from './request-counts.ts';
import type { SpokenVersion } from './spoken-versions.ts';

/** What a restart must not make it forget. No value of a person, no secret. */
export interface VitalsState {
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly saved: string;
  readonly contacts: readonly Contact[];
  readonly errors: readonly ErrorGroup[];
  readonly counts: readonly DayCount[];
  readonly handshakes: readonly FailedTls[];
  /** Absent from those of an earlier version. */
  readonly oktaApps?: readonly OktaApp[];
  /** Absent from those of an earlier version. */
  readonly versions?: readonly SpokenVersion[];
  /** Imports that were running. */
  readonly imports: readonly ImportRun[];
}

export const vitalsFile = (stateDir: string): string => join(stateDir, 'vitals.json');

const LISTS = ['contacts', 'errors', 'counts', 'handshakes', 'imports'] as const;

/** Undefined when there is none, or none that can be read: nothing depends on it but what `status` remembers. */
export function readVitals(stateDir: string): VitalsState | undefined {
  try {
    const state = JSON.parse(readIfPresent(vitalsFile(stateDir)) ?? 'null') as VitalsState | null;
    const isWhole =
      state?.version === 1 &&
      [...LISTS.map((name) => state[name]), state.oktaApps ?? [], state.versions ?? []].every(Array.isArray);
    return isWhole ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Without waiting for the disk, on which nothing that was promised depends. @throws EACCES, ENOSPC and the like */
export async function writeVitals(stateDir: string, state: VitalsState): Promise<void> {
  const partial = partialOf(vitalsFile(stateDir));
  try {
    await writeFile(partial, JSON.stringify(state), { mode: 0o600 });
    await rename(partial, vitalsFile(stateDir));
  } finally {
    dropPartial(partial);
  }
}
