import type { Connection } from './connection.ts';
import { goneReason } from './pool.ts';
import { unavailable } from './postgres-errors.ts';

/**
 * `work` on `connection`, for as long as its caller waits and each statement is answered within `limit`. What it still asks
 * later goes on without anybody: see `endWork`. Unit: ms.
 * @throws what `work` throws; unavailable, the reason of `signal`
 */
export function withinLimits<T>(
  connection: Connection,
  signal: AbortSignal,
  limit: number,
  work: () => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => done(() => reject(goneReason(signal)));
    const look = (): void => {
      const left = connection.missing === 0 ? limit : connection.heardAt + limit - performance.now();
      if (left > 0) timer = setTimeout(look, left);
      else done(() => reject(isLate(limit)));
    };
    let timer = setTimeout(look, limit);
    const done = (settle: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      settle();
    };
    signal.addEventListener('abort', leave, { once: true });
    work().then(
      (result) => done(() => resolve(result)),
      (error: unknown) => done(() => reject(error)),
    );
  });
}

const isLate = (limit: number) =>
  unavailable('postgres-silent', `the database server did not answer within ${limit / 1000} s; see its own log`, {
    retryAfter: 5,
  });
