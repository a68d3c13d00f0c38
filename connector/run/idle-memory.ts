import { Session } from 'node:inspector/promises';

/** Unit: ms. */
const LOOK_EVERY = 10_000;
/** Quiet looks in a row before anything is done: a pause between two imports is none. */
const QUIET_LOOKS = 3;
/** Of the time between two looks that the process has worked. */
const QUIET = 0.02;
/** Less is not worth it. Unit: bytes. */
const WORTHWHILE = 48 * 1024 * 1024;

export interface Vitals {
  /** Resident memory. Unit: bytes. */
  readonly rss: number;
  /** Time worked since the start. Unit: µs. */
  readonly worked: number;
}

const vitals = (): Vitals => {
  const { user, system } = process.cpuUsage();
  return { rss: process.memoryUsage.rss(), worked: user + system };
};

/** Has V8 give back what it holds free: what the system says of itself when memory is short. */
export async function giveBack(): Promise<void> {
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.collectGarbage');
  } finally {
    session.disconnect();
  }
}

/**
 * After the start and after a large import V8 keeps the pages it has emptied, some 10 and some 100 MB, for ever: its own collections give back pages
 * that they empty, not those that were empty before. Asked for once, when nobody is waiting.
 */
export class IdleMemory {
  readonly #look: () => Vitals;
  readonly #giveBack: () => Promise<void>;
  #before: Vitals;
  /** What was left the last time. Unit: bytes. */
  #floor = 0;
  /** The start is a load like any other, and nobody is in the middle of it. */
  #quiet = QUIET_LOOKS - 1;
  #timer: NodeJS.Timeout | undefined;

  constructor(look = vitals, giveMemoryBack = giveBack) {
    this.#look = look;
    this.#giveBack = giveMemoryBack;
    this.#before = look();
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(LOOK_EVERY).catch(() => this.close()), LOOK_EVERY).unref();
  }

  /** @param since  the last look. Unit: ms */
  async look(since: number): Promise<void> {
    const now = this.#look();
    const worked = (now.worked - this.#before.worked) / 1000;
    this.#before = now;
    this.#quiet = worked <= since * QUIET ? this.#quiet + 1 : 0;
    if (this.#quiet < QUIET_LOOKS || now.rss - this.#floor < WORTHWHILE) return;
    await this.#giveBack();
    this.#before = this.#look();
    this.#floor = this.#before.rss;
    this.#quiet = 0;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
