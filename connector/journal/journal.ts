import type { Call, Gauge } from '../backend/backend.ts';
import type { IntendedWrite, Outbox, Trail, WriteOutcome } from '../backend/trail.ts';
import { ScimError } from '../scim/error.ts';
import type { Observer, OperationEvent } from '../service/observer.ts';
import type { OperationBegun, TrailSource } from '../service/operation-recorder.ts';
import type { Place } from './carriage.ts';
import { writeEntry } from './entry.ts';
import { journalGauges } from './journal-gauges.ts';
import type { JournalHealth } from './journal-health.ts';
import { JournalWriter, type WriterOptions } from './journal-writer.ts';
import { makeRecord } from './make-record.ts';
import { Pruning } from './pruning.ts';
import type { JournalRecord } from './record.ts';
import { RecordTrail, type TrailKeeper } from './record-trail.ts';
import { clear, type Veil } from './values/veil.ts';

export interface JournalOptions extends WriterOptions {
  /** Unit: ms. */
  readonly maxAge: number;
  /** Unit: bytes. */
  readonly maxSize: number;
  /** Whether a change is refused while its record cannot be kept. */
  readonly required?: boolean;
  /** What is kept of values of people. Default: they are. */
  readonly veil?: Veil;
}

const READS: ReadonlySet<OperationEvent['operation']> = new Set(['get', 'list', 'discover']);

/** Something to tell: it changed something, failed, was refused, or was not done as it was asked. */
function isTold({ operation, outcome, changed, hint, ignored, leftOut }: OperationEvent): boolean {
  if (outcome !== 'done') return true;
  if (READS.has(operation) || operation === 'bulk') return false;
  if (operation === 'create' || operation === 'delete' || changed?.length) return true;
  return hint !== undefined || Boolean(ignored?.length) || Boolean(leftOut?.length);
}

/** Keeps a record of every operation that changed something, failed or was refused (docs/journal.md). */
export class Journal implements Observer, TrailSource, TrailKeeper {
  readonly #options: JournalOptions;
  readonly #veil: Veil;
  readonly #writer: JournalWriter;
  readonly #pruning: Pruning;
  readonly #parts = new WeakMap<Call, number>();
  readonly #trails = new WeakMap<Call, RecordTrail>();

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#veil = options.veil ?? clear;
    this.#writer = new JournalWriter(options);
    this.#pruning = new Pruning(() => this.#writer.store, options);
  }

  get health(): JournalHealth {
    return this.#writer.health;
  }

  /** For whoever watches. */
  gauges(): readonly Gauge[] {
    return journalGauges(this.#writer, this.#options.name);
  }

  /** @throws unavailable  a record is required, and none can be kept */
  begin(begun: OperationBegun): Trail | undefined {
    if (READS.has(begun.operation) || begun.operation === 'bulk') return undefined;
    const { failure } = this.#writer.health;
    if (this.#options.required && failure !== undefined)
      throw new ScimError(
        'unavailable',
        `no change without its record (audit.required): ${this.#options.name}: ${failure}`,
        { fault: 'record-not-kept' },
      );
    const trail = new RecordTrail(begun, this, this.#partOf(begun.call));
    this.#trails.set(begun.call, trail);
    return trail;
  }

  observe(event: OperationEvent): void {
    const trail = this.#trails.get(event.call);
    const places = trail?.places ?? [];
    if (isTold(event) || (trail?.change && event.outcome === 'done'))
      this.#writer.add({ entry: this.#veil(makeRecord({ ...event, trail }), trail?.key), places });
    else this.#writer.carrier.safe(places);
  }

  /** Keeps the record of what was no operation of one request: a whole import, a handshake that failed. */
  keep(record: JournalRecord): void {
    this.#writer.add({ entry: this.#veil(record), places: [] });
  }

  enclose(trail: RecordTrail, place: Place): string {
    const text = writeEntry(this.#veil(makeRecord({ ...trail.circumstances, outcome: 'done' }), trail.key));
    this.#writer.carrier.put(place, text.length);
    return text;
  }

  async intend(write: IntendedWrite, trail: RecordTrail): Promise<(outcome: WriteOutcome) => void> {
    const entry = this.#veil(makeRecord({ ...trail.circumstances, outcome: 'unknown' }), trail.key);
    const name = await this.#writer.announce({ ...entry, app: trail.app, write });
    return (outcome) => {
      if (name !== undefined) this.#writer.settle(name, outcome);
    };
  }

  /** Carries what an earlier process has left in a store that has just been opened. Nothing may be changed there meanwhile. */
  carry(outbox: Outbox): Promise<void> {
    return this.#writer.carrier.open(outbox);
  }

  /** Writes what waits. */
  flush(): void {
    this.#writer.flush();
  }

  /** Resolves once all that was told survives a power cut, as far as it can be made to; stores may then be closed. */
  rest(): Promise<void> {
    return this.#writer.rest();
  }

  close(): void {
    this.#pruning.close();
    this.#writer.close();
  }

  #partOf({ whole }: Call): number | undefined {
    if (!whole) return undefined;
    const part = this.#parts.get(whole) ?? 0;
    this.#parts.set(whole, part + 1);
    return part;
  }
}
