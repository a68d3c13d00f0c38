import type { Call, Gauge } from '../backend/backend.ts';
import type { LeftOutboxes, Outbox, Trail, WriteOutcome } from '../backend/trail.ts';
import { ScimError } from '../scim/error.ts';
import type { Observer, OperationEvent } from '../service/observer.ts';
import type { OperationBegun, TrailSource } from '../service/operation-recorder.ts';
import { Adoption, type AdoptionOptions } from './adoption.ts';
import { sentLines } from './announced-write.ts';
import type { Look, OpenOperation, OpenWrite, SettlerOptions } from './app-settler.ts';
import type { Place } from './carriage.ts';
import type { Copying, StartCopying } from './copying.ts';
import { type Entry, writeEntry } from './entry.ts';
import { journalGauges } from './journal-gauges.ts';
import type { JournalHealth } from './journal-health.ts';
import { JournalWriter, type WriterOptions } from './journal-writer.ts';
import { completed, makeRecord } from './make-record.ts';
import { openOperations } from './open-operations.ts';
import { operationOutcome } from './operation-outcome.ts';
import { Pruning } from './pruning.ts';
import type { JournalRecord, RecordOutcome } from './record.ts';
import { RecordTrail, type TrailKeeper } from './record-trail.ts';
import { Settler } from './settler.ts';
import { clear, type Veil } from './values/veil.ts';

export interface JournalOptions extends WriterOptions {
  /** Unit: ms. */
  readonly maxAge: number;
  /** Unit: bytes. */
  readonly maxSize: number;
  /** Whether a change is refused while its record cannot be kept. */
  readonly required?: boolean;
  /** It is closed. */
  readonly onClose?: () => void;
  /** What is kept of values of people. Default: they are. */
  readonly veil?: Veil;
  /** Where else its records go. */
  readonly copying?: StartCopying;
  /** Who else writes to the same stores, and who of them lives. */
  readonly adopting?: Pick<AdoptionOptions, 'node' | 'liveNodes' | 'every'>;
  /** How writes without an end are looked after. */
  readonly settling?: Partial<SettlerOptions>;
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
  readonly #settler: Settler;
  readonly #copying: Copying | undefined;
  readonly #adoption: Adoption | undefined;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#veil = options.veil ?? clear;
    this.#writer = new JournalWriter({ ...options, onWritten: () => this.#copying?.wake() });
    this.#copying = options.copying?.(() => this.#writer.store);
    this.#pruning = new Pruning(() => this.#writer.store, options);
    this.#settler = new Settler((operation, outcome) => this.#settled(operation, outcome), options.settling);
    const { adopting } = options;
    this.#adoption = adopting && new Adoption({ ...adopting, carry: (outbox) => this.carry(outbox) });
    for (const operation of openOperations(this.#writer.store)) this.#settler.take(operation);
  }

  get health(): JournalHealth {
    const shared = this.#copying?.health;
    return { ...this.#writer.health, ...(shared ? { shared } : {}) };
  }

  /** For whoever watches. */
  gauges(): readonly Gauge[] {
    return journalGauges(this.#writer, this.#options.name, this.#copying?.health);
  }

  /** @throws unavailable  a record is required, and none can be kept */
  begin(begun: OperationBegun): Trail | undefined {
    if (READS.has(begun.operation) || begun.operation === 'bulk') return undefined;
    this.#refuseIfRequired();
    const trail = new RecordTrail(begun, this, this.#partOf(begun.call));
    this.#trails.set(begun.call, trail);
    return trail;
  }

  observe(event: OperationEvent): void {
    const trail = this.#trails.get(event.call);
    const places = trail?.places ?? [];
    const writes = trail?.announced ?? [];
    if (!isTold(event) && !(trail?.change && event.outcome === 'done') && writes.length === 0) {
      this.#writer.carrier.safe(places);
      return;
    }
    const known = this.#completed(event, trail);
    if (known) {
      this.#writer.add({ entry: known, places });
      return;
    }
    const outcome = operationOutcome(event, writes);
    const isOpen =
      writes.some((one) => one.outcome === undefined || one.outcome === 'unknown') && outcome === 'unknown';
    const record = makeRecord({ ...event, trail, outcome });
    const entry = this.#veil(record, trail?.key);
    const announced = writes.length === 0 ? {} : ({ announced: isOpen ? 'open' : 'over' } as const);
    this.#writer.add({ entry: { ...entry, ...announced }, places });
    // No transaction holds it with its change: it is there before the answer is.
    if (writes.length > 0) this.#writer.flush();
    if (!isOpen) return;
    // Nobody has told how they ended: it is looked for.
    for (const one of writes) if (one.outcome === 'unknown') delete one.outcome;
    this.#settler.take({
      app: event.app,
      announced: Date.now(),
      writes: writes.map((one) => this.#veiled(one, record)),
      entry,
    });
  }

  /** Keeps the record of what was no operation of one request: a whole import, a handshake that failed. */
  keep(record: JournalRecord): void {
    this.#writer.add({ entry: this.#veil(record), places: [] });
  }

  enclose(trail: RecordTrail, place: Place): string {
    trail.enclosed = this.#veil(makeRecord({ ...trail.circumstances, outcome: 'done' }), trail.key);
    const text = writeEntry(trail.enclosed);
    this.#writer.carrier.put(place, text.length);
    return text;
  }

  async intend(open: OpenWrite, trail: RecordTrail): Promise<(outcome: WriteOutcome, words?: string) => void> {
    const { key, app, call } = trail;
    await this.#settler.clear(app, open.write.subject, call.signal);
    // What came before has intents of its own.
    const record = { ...makeRecord({ ...trail.circumstances, outcome: 'unknown' }), sent: [] };
    const { write } = this.#veiled(open, record);
    const intent = await this.#writer.announce({ ...this.#veil(record, key), app, write });
    if (intent === undefined) this.#refuseIfRequired();
    return (outcome, words) => {
      open.outcome = outcome;
      if (words !== undefined) open.words = words;
      if (intent === undefined || outcome === 'unknown') return;
      this.#writer.tell({ intent, key, outcome, words: this.#veiled(open, record).words });
    };
  }

  /** The store of an app is open: what became of writes of which nobody knows is looked for there, beside the work. */
  serve(app: string, look: Look): void {
    this.#settler.serve(app, look);
  }

  /** The same: what others have left there is told, once they are gone. @param left  undefined: nobody shares it */
  share(app: string, left: LeftOutboxes | undefined): void {
    this.#adoption?.serve(app, left);
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
  async rest(): Promise<void> {
    await this.#writer.rest();
    await this.#copying?.rest();
  }

  close(): void {
    this.#settler.close();
    this.#pruning.close();
    this.#copying?.close();
    this.#adoption?.close();
    this.#writer.close();
    this.#options.onClose?.();
  }

  /** A write as it is stored. @param record  of its operation */
  #veiled(open: OpenWrite, { changes: _, ...record }: JournalRecord): OpenWrite {
    const { write, words } = open;
    const said = words === undefined ? {} : { diagnostic: words };
    const { sent, diagnostic } = this.#veil({ ...record, ...said, sent: [write.text] }).record;
    return {
      ...open,
      write: { ...write, text: sent?.[0] ?? '' },
      ...(diagnostic === undefined || words === undefined ? {} : { words: diagnostic }),
    };
  }

  /** What became of an operation has been found out. */
  #settled({ entry, writes }: OpenOperation, outcome: RecordOutcome): void {
    const settled = new Date().toISOString();
    const record = { ...entry.record, outcome, sent: sentLines(writes, outcome === 'done'), settled };
    this.#writer.add({ entry: { ...entry, record, announced: 'over' }, places: [] });
  }

  #refuseIfRequired(): void {
    const { failure } = this.#writer.health;
    if (this.#options.required && failure !== undefined)
      throw new ScimError(
        'unavailable',
        `no change without its record (audit.required), and the journal cannot be written: ${failure}`,
        { fault: 'record-not-kept' },
      );
  }

  /** Of most changes the record beside them lacks only how long they took. */
  #completed(event: OperationEvent, trail: RecordTrail | undefined): Entry | undefined {
    const { outcome, linked, hint, leftOut } = event;
    const enclosed = trail?.enclosed;
    if (!enclosed || outcome !== 'done' || linked || hint !== undefined || leftOut !== undefined) return undefined;
    return { ...enclosed, record: completed(enclosed.record, event) };
  }

  #partOf({ whole }: Call): number | undefined {
    if (!whole) return undefined;
    const part = this.#parts.get(whole) ?? 0;
    this.#parts.set(whole, part + 1);
    return part;
  }
}
