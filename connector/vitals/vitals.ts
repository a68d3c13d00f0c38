import type { JournalRecord } from '../journal/record.ts';
import { isExamination } from '../service/examination.ts';
import type { Observer, OperationEvent } from '../service/observer.ts';
import { Contacts } from './contacts.ts';
import { FailedHandshakes, type HandshakeTold } from './failed-handshakes.ts';
import { type ImportProgress, Imports } from './imports.ts';
import { LastErrors } from './last-errors.ts';
import { OktaApps } from './okta-apps.ts';
import { RequestCounts } from './request-counts.ts';
import { SpokenVersions } from './spoken-versions.ts';
import { readVitals, type VitalsState, writeVitals } from './vitals-state.ts';

export interface VitalsOptions {
  readonly stateDir: string;
  /** Of the program. */
  readonly version: string;
  /** Is given the one record of an import when it is over. */
  readonly onImport: (record: JournalRecord) => void;
  /** ms since 1970. */
  readonly now?: () => number;
  /** Knows nothing of before and leaves nothing behind: the service's own are not touched. */
  readonly isPassing?: boolean;
}

/** What is known without a running service too: it is kept. */
export type Remembered = Pick<VitalsState, 'contacts' | 'errors' | 'counts' | 'handshakes' | 'oktaApps' | 'versions'>;

/** How the service is, at this moment. */
export interface VitalsReport extends Remembered {
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly imports: readonly ImportProgress[];
}

/** How often it is looked whether an import is over and something has to be kept. Unit: ms. */
const LOOK_EVERY = 10_000;

/** Knows the present state: who called last, what went wrong lately, what is imported. Costs a few entries of maps a request. */
export class Vitals implements Observer {
  readonly #options: VitalsOptions;
  readonly #now: () => number;
  readonly #started: number;
  readonly #contacts = new Contacts();
  readonly #errors = new LastErrors();
  readonly #counts = new RequestCounts();
  readonly #handshakes = new FailedHandshakes();
  readonly #oktaApps = new OktaApps();
  readonly #versions = new SpokenVersions();
  readonly #imports: Imports;
  #timer: NodeJS.Timeout | undefined;
  #isChanged = false;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: VitalsOptions) {
    const { now = Date.now, stateDir, onImport, isPassing = false } = options;
    this.#options = options;
    this.#now = now;
    this.#started = now();
    this.#imports = new Imports({ now, onEnd: onImport });
    const state = isPassing ? undefined : readVitals(stateDir);
    if (state === undefined) return;
    this.#contacts.restore(state.contacts.toReversed());
    this.#errors.restore(state.errors.toReversed());
    this.#counts.restore(state.counts);
    this.#handshakes.restore(state.handshakes.toReversed());
    this.#oktaApps.restore(state.oktaApps ?? []);
    this.#versions.restore((state.versions ?? []).toReversed());
    this.#imports.stopped(state.imports);
    this.#isChanged = state.imports.length > 0;
  }

  /** Keeps what it knows from now on. */
  start(): void {
    this.#timer = setInterval(() => this.look(), LOOK_EVERY).unref();
  }

  observe(event: OperationEvent): void {
    if (isExamination(event.call)) return;
    const now = this.#now();
    this.#isChanged = true;
    this.#counts.observe(event, now);
    this.#contacts.observe(event, now);
    this.#errors.observe(event, now);
    this.#oktaApps.observe(event);
    this.#versions.observe(event, now);
    this.#imports.observe(event);
    if (event.call.client) this.#handshakes.forget(event.call.client.address);
  }

  /** Of an agent that could not even ask. */
  handshake(told: HandshakeTold): void {
    this.#handshakes.add(told, this.#now());
    this.#isChanged = true;
  }

  report(): VitalsReport {
    return {
      version: this.#options.version,
      started: new Date(this.#started).toISOString(),
      ...this.#remembered(),
      imports: this.#imports.progress(),
    };
  }

  /** Ends imports that have fallen silent, and keeps what is new. */
  look(): void {
    this.#imports.sweep();
    if (this.#isChanged) this.#saving = this.#saving.then(() => this.#save());
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#saving;
    if (this.#isChanged) await this.#save();
  }

  #remembered(): Remembered {
    return {
      contacts: this.#contacts.list(),
      errors: this.#errors.list(),
      counts: this.#counts.list(),
      handshakes: this.#handshakes.list(),
      oktaApps: this.#oktaApps.list(),
      versions: this.#versions.list(),
    };
  }

  async #save(): Promise<void> {
    if (this.#options.isPassing) return;
    const { running } = this.#imports;
    const saved = new Date(this.#now()).toISOString();
    const state: VitalsState = { version: 1, saved, ...this.#remembered(), imports: running };
    this.#isChanged = false;
    // A full disk is told by those whose writing matters.
    await writeVitals(this.#options.stateDir, state).catch(() => {
      this.#isChanged = true;
    });
  }
}
