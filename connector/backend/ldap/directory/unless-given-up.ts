import { cancelled } from './ldap-failure.ts';

/** `promise`, which others may wait for too, or the failure of a request that was given up when that comes first. */
export async function unlessGivenUp<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(cancelled(signal, false));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([promise, givenUp]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
