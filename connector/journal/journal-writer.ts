import type { Alarms } from '../log/notices.ts';
import { Announcements } from './announcements.ts';
import type { Place } from './carriage.ts';
import { Carrier } from './carrier.ts';
import type { Entry } from './entry.ts';
import { isLocked, wordsOf } from './file/failure.ts';
import type { JournalHealth } from './journal-health.ts';
import type { Batch, JournalStore, NewIntent, ToldEnd } from './journal-store.ts';

export interface WriterOptions {
  /** @throws Error it cannot be opened now */
  readonly open: () => JournalStore;
  /** What it is called in messages. */
  readonly name: string;
  readonly log: Alarms;
  /** Something is in the file that was not there before. */
  readonly onWritten?: () => void;
}

/** A record on its way, and where it stands beside its change meanwhile. */
export interface Outgoing {
  readonly entry: Entry;
  readonly places: readonly Place[];
}

/** Most that a record waits for others to be written with. Unit: ms. */
const GATHER = 50;
/** From one wait for the disk to the next. Unit: ms. */
const SYNC_EVERY = 200;
/** Until a journal that could not be written is tried again. Unit: ms. */
const RETRY_AFTER = 1000;
/** What a passing lock of another program may take before it is told. Unit: ms. */
const PATIENCE = 3000;
const RETRY_LOCKED_AFTER = 50;
/** Most records that wait in memory. */
const MOST_WAITING = 5000;

/** What the record of its operation does not tell in the same commit. */
function stillNeeded(told: readonly ToldEnd[], records: readonly Entry[]): readonly ToldEnd[] {
  const over = new Set(records.flatMap(({ key, announced }) => (announced === 'over' ? [key] : [])));
  return told.filter(({ key }) => !over.has(key));
}

/**
 * Writes records in batches, off the way of those that wait for an answer. A journal that cannot be written stops nobody: what
 * comes waits as long as there is room, and the journal is opened anew until it can be.
 */
export class JournalWriter {
  readonly #options: WriterOptions;
  readonly #carrier: Carrier;
  readonly #announcements: Announcements;
  #store: JournalStore | undefined;
  #queue: Outgoing[] = [];
  #told: ToldEnd[] = [];
  #unsynced: Place[] = [];
  #timer: NodeJS.Timeout | undefined;
  #syncTimer: NodeJS.Timeout | undefined;
  #syncing: Promise<void> | undefined;
  #emptying: Promise<void> | undefined;
  #lockedSince: number | undefined;
  #failure: string | undefined;
  #failingSince = 0;
  #lost = 0;
  #written = 0;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#carrier = new Carrier((carried, places) => this.#carry(carried, places));
    this.#announcements = new Announcements(
      () => this.flush(),
      () => this.#syncNow(),
    );
    this.write({ records: [], intents: [], told: [] });
  }

  get health(): JournalHealth {
    const failing = this.#failure === undefined ? {} : { failure: this.#failure, failingSince: this.#failingSince };
    const lost = this.#lost + this.#carrier.lost;
    return { ...failing, waiting: this.#queue.length, written: this.#written, lost };
  }

  get carrier(): Carrier {
    return this.#carrier;
  }

  /** The store, while it can be written. */
  get store(): JournalStore | undefined {
    return this.#failure === undefined ? this.#store : undefined;
  }

  add(outgoing: Outgoing): void {
    this.#queue.push(outgoing);
    if (this.#queue.length > MOST_WAITING) this.#giveUp(this.#queue.splice(0, this.#queue.length - MOST_WAITING));
    this.#later(GATHER);
  }

  /** Resolves once it is safe from a power cut; with nothing when it could not be kept. */
  announce(intent: NewIntent): Promise<number | undefined> {
    return this.#announcements.add(intent);
  }

  tell(end: ToldEnd): void {
    this.#told.push(end);
    this.#later(GATHER);
  }

  /** Writes what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const [queue, announced, told] = [this.#queue, this.#announcements.take(), this.#told];
    if (queue.length + announced.length + told.length === 0) return;
    [this.#queue, this.#told] = [[], []];
    const records = queue.map(({ entry }) => entry);
    const names = this.write({
      records,
      intents: announced.map(({ intent }) => intent),
      told: stillNeeded(told, records),
    });
    if (names) {
      for (const { places } of queue) this.#unsynced.push(...places);
      this.#syncSoon();
    } else {
      this.#queue = queue;
      this.#told = told;
      this.#later(this.#failure === undefined ? RETRY_LOCKED_AFTER : RETRY_AFTER);
    }
    // Behind a lock that passes they wait; nobody waits for a disk that is full.
    if (!names && this.#failure === undefined) this.#announcements.putBack(announced);
    else void this.#announcements.secure(announced, names);
  }

  #carry(carried: readonly Entry[], places: readonly Place[]): boolean {
    if (!this.write({ records: [], carried, intents: [], told: [] })) return false;
    this.#unsynced.push(...places);
    this.#syncSoon();
    return true;
  }

  /** @returns the names of the intents; undefined when it cannot be written now */
  write(batch: Batch): readonly number[] | undefined {
    try {
      this.#store ??= this.#options.open();
      const names = this.#store.write(batch);
      this.#written += batch.records.length + (batch.carried?.length ?? 0);
      this.#isWritten();
      this.#options.onWritten?.();
      return names;
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  /** Resolves once all that has been told survives a power cut, or cannot be made to. */
  async rest(): Promise<void> {
    this.flush();
    await this.#emptying;
    await this.#syncing;
    await this.#announcements.rest();
    await this.#sync();
  }

  close(): void {
    this.flush();
    clearTimeout(this.#timer);
    clearTimeout(this.#syncTimer);
    this.#store?.close();
    this.#store = undefined;
  }

  #later(delay: number): void {
    this.#timer ??= setTimeout(() => this.flush(), delay);
  }

  #syncSoon(): void {
    if (this.#unsynced.length === 0 || this.#syncing) return;
    this.#syncTimer ??= setTimeout(() => {
      this.#syncTimer = undefined;
      this.#syncing = this.#sync().finally(() => {
        this.#syncing = undefined;
        this.#syncSoon();
      });
    }, SYNC_EVERY);
  }

  /** @throws Error it cannot be made safe */
  async #syncNow(): Promise<void> {
    try {
      // One that was opened since is not the one that was written.
      if (!this.#store) throw new Error(this.#failure);
      await this.#store.sync();
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  async #sync(): Promise<void> {
    const places = this.#unsynced;
    if (places.length === 0 || !this.#store) return;
    this.#unsynced = [];
    try {
      await this.#store.sync();
      this.#carrier.safe(places);
    } catch (error) {
      this.#unsynced.push(...places);
      this.#fail(error);
    }
  }

  /** What stands beside its change is found there again. */
  #giveUp(outgoing: readonly Outgoing[]): void {
    this.#lost += outgoing.filter(({ places }) => places.length === 0).length;
    this.#carrier.leave(outgoing.flatMap(({ places }) => places));
  }

  #isWritten(): void {
    this.#lockedSince = undefined;
    if (this.#failure === undefined) return;
    this.#failure = undefined;
    const { lost } = this.health;
    const told = lost === 0 ? '' : `; ${lost} records have been lost since the start`;
    this.#options.log.warn(`${this.#options.name}: the journal is kept again${told}`, 'journalWorks');
    this.#emptying = this.#carrier.empty();
  }

  #fail(error: unknown): void {
    if (isLocked(error)) {
      this.#lockedSince ??= Date.now();
      if (Date.now() - this.#lockedSince < PATIENCE) return;
    }
    this.#store?.close();
    this.#store = undefined;
    // It may be another file that is opened next.
    this.#carrier.leave(this.#unsynced.splice(0));
    if (this.#failure === undefined) {
      this.#failingSince = Date.now();
      this.#options.log.error(`${this.#options.name}: no journal is kept: ${wordsOf(error)}`, 'journalFails');
    }
    this.#failure = wordsOf(error);
  }
}
