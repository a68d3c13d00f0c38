import { catalogue } from '../../backend/catalogue.ts';
import type { Arrival, Departure, Moving } from '../../backend/module/moving.ts';
import type { App } from '../../config/config.ts';
import { ScimError } from '../../scim/error.ts';
import { OperationError } from '../operation-error.ts';

/** Words in `backend = "…"`. */
export interface MoveWords {
  readonly from: string;
  readonly to: string;
}

const words = (door: keyof Moving<App>): string =>
  catalogue.flatMap(({ name, moving }) => (moving?.[door] ? [name] : [])).join(' or ');

/** @throws OperationError usage naming those that can */
function doorOf<Door extends keyof Moving<App>>(
  backend: string,
  door: Door,
  flag: string,
): NonNullable<Moving<App>[Door]> {
  const found = catalogue.find(({ name }) => name === backend)?.moving as Moving<App> | undefined;
  const open = found?.[door];
  if (open) return open as NonNullable<Moving<App>[Door]>;
  throw new OperationError('usage', `${flag}: people do not move that way with "${backend}"; there is ${words(door)}`);
}

/** A setting that is missing is nothing that a store has refused. */
function asUsage(error: unknown): never {
  if (error instanceof ScimError && error.reason === 'invalidValue')
    throw new OperationError('usage', error.message, { cause: error });
  throw error;
}

/** Two stores, open. */
export interface Ends {
  readonly departure: Departure;
  readonly arrival: Arrival;
}

/** Opens both for as long as `work` takes. @throws OperationError, unavailable */
export async function betweenStores<T>(
  app: App,
  { from, to }: MoveWords,
  { alone, signal }: { readonly alone: boolean; readonly signal: AbortSignal },
  work: (ends: Ends) => Promise<T>,
): Promise<T> {
  const leave = doorOf(from, 'leave', '--from');
  const arrive = doorOf(to, 'arrive', '--to');
  const departure = await leave(app, { alone });
  try {
    const arrival = await arrive(app, signal).catch(asUsage);
    try {
      return await work({ departure, arrival });
    } finally {
      await arrival.close();
    }
  } finally {
    departure.close();
  }
}
