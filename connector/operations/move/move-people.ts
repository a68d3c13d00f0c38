import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Arrival, Departure, KeptContent, KeptCounts, MoveStanding } from '../../backend/module/moving.ts';
import { OperationError } from '../operation-error.ts';
import { ContentDigest, rowsOf } from './content-digest.ts';
import type { Ends } from './ends.ts';

/** More are not worth reading. */
const MOST_OBJECTIONS = 20;

export interface MoveWatching {
  readonly signal: AbortSignal;
  /** Rows that are done, of all that there are. */
  readonly onProgress: (done: number, of: number) => void;
}

export interface Moved extends KeptContent {
  readonly from: string;
  readonly to: string;
  /** Rows that an earlier run had moved. */
  readonly before: number;
  /** When an earlier run had finished the move of this very content; ISO 8601. */
  readonly finishedBefore?: string;
}

export interface MovePreview extends KeptContent {
  readonly from: string;
  readonly to: string;
  readonly standing: MoveStanding;
  /** What cannot be moved as it is, a person each; the first of them. */
  readonly objections: readonly string[];
  readonly more: boolean;
}

/** Everything is read once beforehand: what cannot be kept is told before anything is written. */
async function surveyed({ departure, arrival }: Ends, signal: AbortSignal) {
  const digest = new ContentDigest();
  const objections: string[] = [];
  for (const batch of departure.kept()) {
    digest.add(batch);
    if (objections.length <= MOST_OBJECTIONS) objections.push(...arrival.objections(batch));
    await nextTurn();
    signal.throwIfAborted();
  }
  return {
    content: digest.content(),
    objections: objections.slice(0, MOST_OBJECTIONS),
    more: objections.length > MOST_OBJECTIONS,
  };
}

async function contentOf(arrival: Arrival): Promise<KeptContent> {
  const digest = new ContentDigest();
  for await (const batch of arrival.kept()) digest.add(batch);
  return digest.content();
}

const difference = (there: KeptCounts, wanted: KeptCounts): string =>
  (['users', 'groups', 'memberships', 'entitlements'] as const)
    .filter((name) => there[name] !== wanted[name])
    .map((name) => `${name}: ${there[name]} of ${wanted[name]}`)
    .join(', ') || 'the counts agree, the digests do not';

/** What an earlier run has moved is passed over. */
async function carriedOver(
  { departure, arrival }: Ends,
  { counts }: KeptContent,
  standing: MoveStanding & { readonly kind: 'begun' },
  { signal, onProgress }: MoveWatching,
): Promise<void> {
  const all = rowsOf(counts);
  let { done } = standing;
  for (const batch of departure.kept(standing.after)) {
    await arrival.put(batch);
    done += batch.rows.length;
    onProgress(done, all);
    signal.throwIfAborted();
  }
}

/**
 * Copies everybody as they are, ids, versions and order included, verifies the copy and lets it be served. Interrupted at
 * any point it goes on where it was. The connector must be stopped.
 * @throws OperationError usage naming what cannot be moved; conflict, unavailable
 */
export async function movePeople(ends: Ends, restart: boolean, watching: MoveWatching): Promise<Moved> {
  const { departure, arrival } = ends;
  const { signal } = watching;
  refuseWaiting(departure);
  const { content, objections, more } = await surveyed(ends, signal);
  if (objections.length > 0)
    throw new OperationError('usage', [...objections, ...(more ? ['and more'] : []), 'nothing was moved'].join('\n'));
  if (restart) await arrival.discard();
  const standing = await arrival.begin(content);
  const told = { ...content, from: departure.place, to: arrival.place };
  if (standing.kind === 'finished') return { ...told, before: rowsOf(content.counts), finishedBefore: standing.at };
  await carriedOver(ends, content, standing, watching);
  const there = await contentOf(arrival);
  if (there.digest !== content.digest)
    throw new OperationError(
      'backend',
      `${arrival.place} does not hold what ${departure.place} does (${difference(there.counts, content.counts)}), and is not served: something else writes to it. Run the move again with --restart`,
    );
  await arrival.finish(departure.given);
  return { ...told, before: standing.done };
}

/** The same without writing, also while the connector runs. @throws OperationError usage, conflict, unavailable */
export async function previewMove(ends: Ends, signal: AbortSignal): Promise<MovePreview> {
  const { departure, arrival } = ends;
  const { content, objections, more } = await surveyed(ends, signal);
  const standing = await arrival.look(content);
  return { ...content, from: departure.place, to: arrival.place, standing, objections, more };
}

/** The journal finds what waits in the store that it is written in, and in no other. */
function refuseWaiting({ waiting, place }: Departure): void {
  if (waiting === 0) return;
  throw new OperationError(
    'usage',
    `${waiting} records of changes wait in ${place} for the journal: start the connector once and stop it, then move`,
  );
}
