import { setTimeout as pause } from 'node:timers/promises';
import type { AdminClient } from '../../../admin/admin-client.ts';
import { ChannelError } from '../../../admin/channel-error.ts';
import type { ServiceSighted } from '../../../run/service-status.ts';
import type { Sighting } from '../../../vitals/sightings.ts';
import { IMPORT, type Seen, seenOf, TEST } from './seen.ts';

/** What is waited for: green, and of this app. */
export type Goal = 'test' | 'import';

export interface Waiting {
  readonly client: Pick<AdminClient, 'get'>;
  /** Name of the app. */
  readonly app: string;
  readonly goal: Goal;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** What is told while it waits. */
export type Told =
  /** From now on everything is seen. */
  | { readonly kind: 'watching'; readonly pid: number; readonly urls: readonly string[] }
  | { readonly kind: 'seen'; readonly seen: Seen }
  /** The service ended, or was started anew. */
  | { readonly kind: 'away' }
  | { readonly kind: 'back' }
  /** It has come, green. */
  | { readonly kind: 'reached' };

/** Unit: ms. */
const ASK_EVERY = 250;

/** A page of several, which says no more than the last of them. */
const isMiddle = ({ message, outcome, isComplete }: Sighting): boolean =>
  outcome === 'done' && !isComplete && ['downloadUsers', 'downloadGroups'].includes(message);

const isReached = ({ outcome, message, app, isComplete }: Sighting, waiting: Waiting): boolean =>
  outcome === 'done' &&
  app === waiting.app &&
  (waiting.goal === 'test' ? message === TEST : message === IMPORT && isComplete === true);

/** Of another app nothing is told; where it is not known which, it may be this one. */
const isAbout = (app: string) => (sighting: Sighting) => sighting.app === '' || sighting.app === app;

/**
 * Tells what reaches the running service, as it comes, until what is waited for has come, or until `signal`. The service
 * may end and start meanwhile. What `doctor` itself asks is not Okta's and is not told.
 * @throws ChannelError when the service cannot be asked at first
 */
export async function* waitForOkta(waiting: Waiting): AsyncGenerator<Told> {
  const { client, app, signal } = waiting;
  let { life, last, pid, urls } = await client.get<ServiceSighted>('/sightings');
  yield { kind: 'watching', pid, urls };
  let isAway = false;
  while (!signal.aborted) {
    const answer = await client.get<ServiceSighted>(`/sightings?after=${last}`).catch(absent);
    if (answer === undefined || answer.life !== life) {
      if (!isAway) yield { kind: 'away' };
      isAway = answer === undefined;
      if (answer !== undefined) {
        ({ life } = answer);
        last = 0;
        yield { kind: 'back' };
        continue;
      }
    } else {
      if (isAway) yield { kind: 'back' };
      isAway = false;
      ({ last } = answer);
      for (const sighting of answer.sightings.filter(isAbout(app))) {
        if (!isMiddle(sighting)) yield { kind: 'seen', seen: seenOf(sighting) };
        if (!isReached(sighting, waiting)) continue;
        yield { kind: 'reached' };
        return;
      }
    }
    // Its end is no failure.
    await pause(ASK_EVERY, undefined, { signal }).catch(() => undefined);
  }
}

function absent(error: unknown): undefined {
  if (error instanceof ChannelError && (error.why === 'absent' || error.why === 'silent')) return undefined;
  throw error;
}
