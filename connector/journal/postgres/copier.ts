import { setTimeout as pause } from 'node:timers/promises';
import type { Alarms } from '../../log/notices.ts';
import type { Caller } from '../../postgres/database.ts';
import { sqlState } from '../../postgres/postgres-errors.ts';
import type { CopyHealth, Copying } from '../copying.ts';
import type { CopyPosition, CopySlice, CopySource } from '../file/copy-source.ts';
import type { JournalStore } from '../journal-store.ts';
import type { SharedJournal } from './shared-journal.ts';

export interface CopierOptions {
  readonly store: () => JournalStore | undefined;
  readonly shared: Pick<SharedJournal, 'position' | 'copy'>;
  readonly log: Alarms;
  /** Is called once the database answers, at first and after each failure, before anything is copied. */
  readonly onReached?: () => Promise<void>;
}

/** Most that a record waits for others to be copied with. Unit: ms. */
const GATHER = 250;
/** Of one batch. Unit: ms. */
const DEADLINE = 10_000;
/** Until a database that is away is tried again, at first and at most. Unit: ms. */
const RETRY = { first: 500, longest: 5000 };
/** What is left to be copied at the end may take so long: the next start goes on. Unit: ms. */
const LAST = 3000;

/** Where a file has been copied to. */
interface Standing {
  readonly source: CopySource;
  /** As the database said. */
  position: CopyPosition;
  /** From where the file is read: the same, but for a file that is older than what was copied of it. */
  from: CopyPosition;
}

/**
 * Copies the journal's file to the database that connectors share, a batch after the other. Where it stands is what the
 * database says: a batch is there with its position or not at all, whoever was killed meanwhile, and a database that
 * lost something at a failover gets it again. What is read at once is all that is in memory.
 */
export class Copier implements Copying {
  readonly #options: CopierOptions;
  readonly #closing = new AbortController();
  #standing: Standing | undefined;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isAwake = false;
  #most: number | undefined;
  #failure: string | undefined;
  #failingSince = 0;
  #copied = 0;
  #wait = 0;

  constructor(options: CopierOptions) {
    this.#options = options;
    this.wake();
  }

  get health(): CopyHealth {
    const failing = this.#failure === undefined ? {} : { failure: this.#failure, failingSince: this.#failingSince };
    const behind = this.#behind();
    return { ...failing, copied: this.#copied, ...(behind === undefined ? {} : { behind }) };
  }

  wake(): void {
    this.#isAwake = true;
    if (this.#running || this.#closing.signal.aborted) return;
    this.#timer ??= setTimeout(() => this.#start(), GATHER);
  }

  async rest(): Promise<void> {
    if (this.#failure !== undefined) return;
    this.#isAwake = true;
    this.#start();
    await Promise.race([this.#running, pause(LAST, undefined, { ref: false })]);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#closing.abort();
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#isAwake) this.wake();
    });
  }

  /** Until there is nothing left. */
  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (this.#isAwake && !signal.aborted) {
      this.#isAwake = false;
      try {
        if (await this.#copySome()) this.#isAwake = true;
      } catch (error) {
        if (signal.aborted) return;
        this.#isAwake = true;
        this.#fail(error);
        await pause(this.#wait, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  /** @returns whether there may be more */
  async #copySome(): Promise<boolean> {
    const store = this.#options.store();
    // Whoever writes it again wakes us.
    if (!store) return false;
    const standing = await this.#standingOf(store);
    const until = standing.source.last();
    // What a power cut takes from the file must not be in the database: its numbers would be given again.
    await store.sync();
    const slice = standing.source.slice(standing.from, until, this.#most);
    if (isAt(slice.upTo, standing.from)) return false;
    if (!(await this.#copy(standing, slice))) {
      this.#standing = undefined;
      return true;
    }
    standing.from = slice.upTo;
    standing.position = slice.upTo;
    this.#works();
    return !isAt(standing.from, until);
  }

  /** @returns whether the database stood where it was thought to */
  async #copy({ source, position }: Standing, slice: CopySlice): Promise<boolean> {
    const { shared, log } = this.#options;
    const copy = (records: CopySlice['records']): Promise<boolean> =>
      shared.copy(this.#caller(), source.file, position, { ...slice, records });
    try {
      const isCopied = await copy(slice.records);
      if (isCopied) this.#copied += slice.records.length;
      return isCopied;
    } catch (error) {
      if (!isRefusedValue(error)) throw error;
      // One of them cannot be stored: it is looked for, and the others are not kept waiting.
      const [record, ...others] = slice.records;
      this.#most = others.length === 0 ? undefined : Math.ceil(slice.records.length / 2);
      if (others.length > 0) return false;
      log.error(`the record ${record?.ref} cannot be copied to the database that connectors share`, 'journalNotShared');
      return copy([]);
    }
  }

  #caller(): Caller {
    return { signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(DEADLINE)]) };
  }

  async #standingOf(store: JournalStore): Promise<Standing> {
    const source = store.copies();
    if (this.#standing?.source === source) return this.#standing;
    const position = await this.#options.shared.position(this.#caller(), source.file);
    const last = source.last();
    // An older file was put in its place: each of its records is told again, by its name.
    const isOlder = position.seq > last.seq || position.retold > last.retold;
    await this.#options.onReached?.();
    this.#standing = { source, position, from: isOlder ? BEGINNING : position };
    return this.#standing;
  }

  #behind(): number | undefined {
    try {
      const { source, from } = this.#standing ?? {};
      return source && from && this.#options.store()?.copies() === source
        ? source.last().seq + source.last().retold - from.seq - from.retold
        : undefined;
    } catch {
      return undefined;
    }
  }

  #works(): void {
    this.#wait = 0;
    if (this.#failure === undefined) return;
    this.#failure = undefined;
    this.#options.log.info('the journal is copied again to the database that connectors share', 'journalShared');
  }

  #fail(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    // What it has by now is asked once it answers.
    this.#standing = undefined;
    this.#wait = Math.min(RETRY.longest, this.#wait === 0 ? RETRY.first : this.#wait * 2);
    if (this.#failure === undefined) {
      this.#failingSince = Date.now();
      const kept = 'it is kept in its file meanwhile';
      this.#options.log.warn(
        `the journal cannot be copied to the database that connectors share, ${kept}: ${text}`,
        'journalNotShared',
      );
    }
    this.#failure = text;
  }
}

const BEGINNING: CopyPosition = { seq: 0, retold: 0 };

const isAt = (a: CopyPosition, b: CopyPosition): boolean => a.seq === b.seq && a.retold === b.retold;

/** SQLSTATE class 22 (PostgreSQL, appendix A): it would be refused for ever. */
const isRefusedValue = (error: unknown): boolean => sqlState(error)?.startsWith('22') ?? false;
