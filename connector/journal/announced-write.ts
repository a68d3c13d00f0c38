import type { IntendedWrite, WriteOutcome } from '../backend/trail.ts';
import type { RecordOutcome } from './record.ts';

/** One write of an operation that was told before it was sent, and how it ended as far as anybody said. */
export interface AnnouncedWrite {
  readonly write: Pick<IntendedWrite, 'text'>;
  readonly outcome?: WriteOutcome | undefined;
  /** Of a refusal: the store's own words. */
  readonly words?: string | undefined;
}

/** Writes of one operation that a record shows. */
const MOST = 50;

/** What became of an operation that was cut short, told from its writes: done, if all that was sent and not refused is. */
export function outcomeOfAll(writes: readonly AnnouncedWrite[]): RecordOutcome {
  const ends = new Set(writes.map(({ outcome = 'unknown' }) => outcome));
  ends.delete('refused');
  if (ends.size > 1 || ends.has('unknown')) return 'unknown';
  return ends.has('done') ? 'done' : 'not done';
}

function mark({ outcome = 'unknown', words }: AnnouncedWrite): string {
  if (outcome === 'unknown') return '# nobody knows whether this was done';
  return words === undefined ? `# ${outcome}` : `# ${outcome}: ${words}`;
}

/**
 * What was sent, with a comment on each announced write that needs one.
 * @param isDone  the operation was: its writes were, unless one says otherwise
 */
export function sentLines(writes: readonly (AnnouncedWrite | string)[], isDone: boolean): readonly string[] {
  const shown = writes.slice(0, MOST).map((one) => {
    if (typeof one === 'string') return one;
    const isPlain = isDone && one.outcome === 'done';
    return isPlain ? one.write.text : `${mark(one)}\n${one.write.text}`;
  });
  const more = writes.length - MOST;
  return more > 0 ? [...shown, `# and ${more} more of ${writes.length} writes`] : shown;
}
