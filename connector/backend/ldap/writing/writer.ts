import type { KeyedMutex } from '../../../concurrency/keyed-mutex.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import { nameKey } from '../../../scim/text.ts';
import type { Call } from '../../backend.ts';
import { mayLookAgain } from '../directory/ldap-failure.ts';
import type { Session } from '../directory/session.ts';
import type { Reader } from '../reading/reader.ts';
import { recorded } from '../recording/recorded-session.ts';
import type { Reservations } from './reservations.ts';

/** An open directory, and what writes to it. */
export interface Writer extends Reader {
  /** One at a time for each entry and for each name that must be unique, within this process. */
  readonly mutex: KeyedMutex;
  readonly reservations: Reservations;
}

/** On a connection for writing, each write told to the call's trail. */
export const lent = <T>(
  { directory, tree }: Writer,
  { signal, trail }: Call,
  work: (session: Session) => Promise<T>,
): Promise<T> => directory.write(signal, (session) => work(recorded(session, trail, tree)));

export const entryLock = (id: string): string => `id:${id}`;
export const nameLock = ({ name: type }: ResourceType, name: string): string => `${type}:${nameKey(name)}`;

/**
 * Writes while nobody else of us holds one of `locks`. A write that was sent and got no answer is attempted `again`: that
 * attempt reads what is there, and writes only what is missing.
 */
export async function exclusive<T>(
  { mutex, caches }: Writer,
  locks: readonly string[],
  attempt: (again: boolean) => Promise<T>,
): Promise<T> {
  const write = async (): Promise<T> => {
    try {
      return await attempt(false);
    } catch (error) {
      if (!mayLookAgain(error)) throw error;
      return await attempt(true);
    } finally {
      caches.written();
    }
  };
  return locks.reduceRight<() => Promise<T>>((next, lock) => () => mutex.run(lock, next), write)();
}
