import { LdapFailure } from '../directory/ldap-failure.ts';

/**
 * Runs `work` with a signal that follows `signal` and aborts after `ms` by itself. Its own timer and not
 * `AbortSignal.timeout`, which would live on for the whole time after every quick call.
 */
export async function withDeadline<T>(
  signal: AbortSignal | undefined,
  ms: number,
  text: string | (() => string),
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const forward = (): void => controller.abort(signal?.reason);
  const expire = (): void =>
    controller.abort(
      new LdapFailure(typeof text === 'string' ? text : text(), { outOfTime: true, fault: 'directory-silent' }),
    );
  const timer = setTimeout(expire, ms);
  signal?.addEventListener('abort', forward, { once: true });
  if (signal?.aborted) forward();
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
  }
}

/** `promise`, or the reason of `signal` when that comes first. */
export async function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
