import type { StoredChange } from '../backend/trail.ts';
import { loggedNames } from '../log/logged-names.ts';
import { ScimError } from '../scim/error.ts';
import type { OperationEvent } from '../service/observer.ts';
import { type AnnouncedWrite, sentLines } from './announced-write.ts';
import { intentOf } from './intent.ts';
import type { JournalRecord, RecordedChange, RecordOutcome, Some } from './record.ts';
import { recordedChanges } from './recorded-changes.ts';
import { hiddenText } from './values/hidden-text.ts';

/** What the store has told of the operation. */
interface Told {
  readonly part?: number;
  readonly writes: readonly (AnnouncedWrite | string)[];
  readonly server?: string | undefined;
  readonly change?: StoredChange;
}

/** An operation, before it is known how it ended. */
export interface Circumstances extends Omit<OperationEvent, 'outcome' | 'failure'> {
  readonly trail?: Told | undefined;
}

export interface Ended extends Circumstances {
  readonly outcome: RecordOutcome;
  readonly failure?: unknown;
}

/** Ids of members, references and ignored names that a record keeps. */
const MOST_IDS = 100;

const some = (ids: readonly string[]): Some => ({ ids: ids.slice(0, MOST_IDS), count: ids.length });

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

/** The store's own words, wherever they stand in the chain of causes. */
function diagnosticOf(failure: unknown): string | undefined {
  let at = failure instanceof Error ? failure.cause : undefined;
  for (let depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { diagnostic } = at as { readonly diagnostic?: unknown };
    // What was asked of which server stands in the message.
    if (typeof diagnostic === 'string')
      return [at.message, diagnostic.replace(/[\s\0]+/g, ' ').trim()].filter((text) => text !== '').join(': ');
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') return `${code}: ${at.message}`;
  }
  return undefined;
}

function failureIn({ failure, call }: Ended): Partial<JournalRecord> {
  if (failure === undefined) return {};
  const diagnostic = diagnosticOf(failure);
  const said = diagnostic === undefined ? {} : { diagnostic };
  if (!(failure instanceof ScimError)) return { reason: 'internal', fault: 'internal-error', ...said };
  const { reason, fault, message } = failure;
  // What somebody wrote of whom nothing is known may be anything.
  const text = call.actor === '' ? hiddenText(message, [], () => '…') : message;
  return { reason, ...(fault === undefined ? {} : { fault }), text, ...said };
}

function changesIn({ changed, before, after, operation, linked, outcome, trail }: Ended): readonly RecordedChange[] {
  if (outcome === 'refused' || outcome === 'failed') return [];
  const stored = trail?.change;
  // What was there already did not change; a password is set again, because nobody can look whether it is the same.
  if (linked) return stored?.password ? [{ path: 'password', secret: stored.password }] : [];
  const [was, is] = [stored?.before ?? before, stored?.after ?? after];
  // An unchanged PUT has before and after, and nothing that changed.
  const changes =
    operation === 'create' || operation === 'delete' || !changed
      ? recordedChanges(was, is)
      : recordedChanges(was, is, changed);
  if (!stored) return changes;
  const others = changes.filter(({ path }) => path !== 'password');
  return stored.password ? [...others, { path: 'password', secret: stored.password }] : others;
}

/** What became of an operation whose record stands beside its change already. */
export function completed(
  enclosed: JournalRecord,
  { message, ignored, duration, backendDuration }: OperationEvent,
): JournalRecord {
  return {
    ...enclosed,
    time: new Date().toISOString(),
    message,
    ...(ignored?.length ? { ignored: loggedNames(ignored) } : {}),
    duration: rounded(duration),
    backendDuration: rounded(backendDuration),
  };
}

/** The record of an operation. */
export function makeRecord(ended: Ended): JournalRecord {
  const { call, app, operation, message, type, trail, outcome, ignored, hint, leftOut, total } = ended;
  const stored = trail?.change;
  const changes = changesIn(ended);
  const [joined, left] = [stored?.joined ?? ended.joined, stored?.left ?? ended.left];
  const id = stored?.id ?? ended.id;
  const name = stored?.name ?? ended.name;
  const before = stored?.before ?? ended.before;
  const linked = operation === 'create' && ended.linked === true;
  return {
    time: new Date().toISOString(),
    ...(stored?.at === undefined ? {} : { stored: new Date(stored.at).toISOString() }),
    ref: call.requestId,
    ...(trail?.part === undefined ? {} : { part: trail.part }),
    app,
    actor: call.actor,
    ...(call.client ? { client: call.client } : {}),
    operation,
    message,
    intent: intentOf({ operation, changes, linked, ...(type ? { type } : {}), ...(before ? { before } : {}) }),
    ...(type ? { type } : {}),
    ...(id ? { id } : {}),
    ...(name === undefined ? {} : { name }),
    ...(changes.length > 0 ? { changes } : {}),
    ...(joined?.length ? { joined: some(joined) } : {}),
    ...(left?.length ? { left: some(left) } : {}),
    ...(trail?.writes.length ? { sent: sentLines(trail.writes, outcome === 'done') } : {}),
    ...(trail?.server === undefined ? {} : { server: trail.server }),
    outcome,
    ...failureIn(ended),
    ...(hint === undefined ? {} : { hint }),
    ...(ignored?.length ? { ignored: loggedNames(ignored) } : {}),
    ...(leftOut?.length ? { leftOut: leftOut.slice(0, MOST_IDS) } : {}),
    ...(total === undefined ? {} : { total }),
    duration: rounded(ended.duration),
    backendDuration: rounded(ended.backendDuration),
  };
}
