import type { Config } from '../config/config.ts';
import { AccessLog } from '../http/access-log.ts';
import { OperationLog } from '../http/operation-log.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { type Observer, observers } from '../service/observer.ts';

import type { SharedState } from '../shared-state/shared-state.ts';
import { Sightings } from '../vitals/sightings.ts';
import { Vitals } from '../vitals/vitals.ts';
import type { Alerting } from './alerting.ts';
import { handshakeRecord } from './handshake-record.ts';
import type { HandshakeFailure } from './handshakes.ts';
import type { MountParts } from './mounts.ts';
import { type KeptGates, openGates } from './open-gates.ts';
import { openJournal } from './open-journal.ts';
import { openMetrics } from './open-metrics.ts';
import { openReplies } from './open-replies.ts';
import { type Watched, watchAll } from './watch-all.ts';

interface Parts {
  readonly alerting: Alerting;
  readonly gates: KeptGates;
  readonly journal: Journal | undefined;
  readonly metrics: Metrics | undefined;
  readonly vitals: Vitals;
  readonly replies: MountParts['replies'];
}

/** What they are opened with. */
interface Opening {
  /** Of the program. */
  readonly version: string;
  /** Leaves the vitals of the service alone. */
  readonly isPassing: boolean;
  /** The database of what connectors share; absent: all is in files. */
  readonly shared: SharedState | undefined;
}

/** All that listens to what the connector does, and keeps, counts or tells it: a new listener is named here. */
export class Watchers {
  readonly accessLog: AccessLog;
  /** Told of every operation. */
  readonly observer: Observer;
  readonly vitals: Vitals;
  readonly sightings = new Sightings();
  readonly alerting: Alerting;
  readonly journal: Journal | undefined;
  readonly #gates: KeptGates;
  readonly #replies: MountParts['replies'];
  readonly #metrics: Metrics | undefined;

  private constructor(config: Config, log: Log, { alerting, gates, journal, metrics, vitals, replies }: Parts) {
    this.accessLog = new AccessLog(log);
    this.vitals = vitals;
    this.alerting = alerting;
    this.journal = journal;
    this.#gates = gates;
    this.#replies = replies;
    this.#metrics = metrics;
    const isTalkative = config.log.level === 'debug' || config.log.level === 'trace';
    this.observer = observers([
      this.accessLog,
      ...(isTalkative ? [new OperationLog(log)] : []),
      ...(journal ? [journal] : []),
      vitals,
      this.sightings,
      ...(metrics ? [metrics] : []),
      alerting,
    ]);
  }

  /**
   * @throws what stands in the way of a journal that is required, or of the metrics
   */
  static async open(config: Config, alerting: Alerting, { version, isPassing, shared }: Opening): Promise<Watchers> {
    const { log } = alerting;
    const journal = await openJournal(config, log, shared);
    try {
      const metrics = await openMetrics(config, version, log);
      const vitals = new Vitals({
        stateDir: config.state_dir,
        version,
        isPassing,
        onImport: (record) => {
          journal?.keep(record);
          metrics?.episodes.importEnded(record);
        },
      });
      const gates = await openGates(config, log, shared);
      const replies = await openReplies(shared);
      return new Watchers(config, log, { alerting, gates, journal, metrics, vitals, replies });
    } catch (error) {
      journal?.close();
      throw error;
    }
  }

  /** What mounts tell of their stores. */
  get ofStores(): Pick<MountParts, 'observer' | 'trails' | 'gates' | 'replies' | 'onOpen' | 'onServe'> {
    return {
      observer: this.observer,
      trails: this.journal,
      gates: this.#gates.gates,
      replies: this.#replies,
      onOpen: async ({ outbox }) => {
        if (outbox) await this.journal?.carry(outbox);
      },
      onServe: (app, backend) => {
        this.journal?.share(app, backend.left);
        if (backend.settle) this.journal?.serve(app, backend.settle.bind(backend));
      },
    };
  }

  /** Looks at the parts of the connector whenever it is asked for figures. */
  look(watched: Omit<Watched, 'gates' | 'journal' | 'vitals'>): void {
    if (this.#metrics)
      watchAll(this.#metrics, { ...watched, gates: this.#gates.gates, journal: this.journal, vitals: this.vitals });
  }

  handshakeFailed(failure: HandshakeFailure): void {
    this.vitals.handshake(failure);
    this.#metrics?.episodes.tlsFailed(failure);
    this.journal?.keep(handshakeRecord(failure));
  }

  /** @throws Error when the address of the metrics cannot be listened on */
  async listen(): Promise<void> {
    this.#gates.start();
    await this.#metrics?.listen();
  }

  /** No request comes any more, and stores are still open. */
  async rest(): Promise<void> {
    await this.#metrics?.close();
    await this.journal?.rest();
  }

  /** Stores are closed. */
  async close(): Promise<void> {
    await this.vitals.close();
    await this.#gates.close();
    this.journal?.close();
    await this.alerting.close();
  }
}
