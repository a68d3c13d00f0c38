import { setTimeout as pause } from 'node:timers/promises';
import { ScimError } from '../scim/error.ts';

/**
 * Rounds of read, compare and write before a lost race is reported. Another instance that writes all the time wins three of
 * five (measured with two connectors to one OpenLDAP).
 */
const ATTEMPTS = 30;
/** Two instances that lose to each other in turns get out of step. Unit: ms. */
const LONGEST_PAUSE = 50;

/** Somebody else's write came between our reading and our own write. */
class LostRace extends Error {}

/** @throws LostRace */
export async function unlessOvertaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (cause) {
    throw cause instanceof ScimError && cause.reason === 'versionMismatch' ? new LostRace('', { cause }) : cause;
  }
}

/** A lost race is compared again: who sent no If-Match did not ask to be told about it. */
export async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
      if (round >= ATTEMPTS) throw error.cause;
    }
    await pause(Math.random() * Math.min(LONGEST_PAUSE, 2 ** round));
  }
}
