import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { describeFailure } from '../http/failure.ts';
import type { Observer, OperationEvent } from '../service/observer.ts';
import { PREFIX } from './prefix.ts';

/** From what a lookup takes to what Okta waits for; those above 10 s show how near its timeout is. Unit: seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 20, 25];

/** Refusals that are watched for. */
const ALARMING = [
  ['unauthorized', '401'],
  ['throttled', '429'],
  ['unavailable', '429'],
  ['unavailable', '503'],
  ['internal', '500'],
] as const;

export interface RequestMetricsOptions {
  readonly registry: Registry;
  /** Status of what passes by itself. */
  readonly passingStatus: 429 | 503;
  /** Apps that are told of before anybody has called. */
  readonly apps: readonly string[];
}

/** Counts what is told of operations. Labels hold Okta's names and the operator's, never what a client made up. */
export class RequestMetrics implements Observer {
  readonly #passingStatus: 429 | 503;
  readonly #requests: Counter<'app' | 'message' | 'outcome'>;
  readonly #refusals: Counter<'app' | 'reason' | 'status'>;
  readonly #duration: Histogram<'app' | 'message'>;
  readonly #backend: Histogram<'app' | 'message'>;
  readonly #contact: Gauge<'app'>;
  readonly #versions: Counter<'app' | 'version'>;

  constructor({ registry, passingStatus, apps }: RequestMetricsOptions) {
    const registers = [registry];
    this.#passingStatus = passingStatus;
    this.#requests = new Counter({
      name: `${PREFIX}requests_total`,
      help: 'Operations by app, Okta message and outcome; those of a bulk request one by one and the request itself',
      labelNames: ['app', 'message', 'outcome'],
      registers,
    });
    this.#refusals = new Counter({
      name: `${PREFIX}refusals_total`,
      help: 'Operations that were refused or failed, by the reason and the HTTP status of the answer',
      labelNames: ['app', 'reason', 'status'],
      registers,
    });
    const histogram = (name: string, help: string): Histogram<'app' | 'message'> =>
      new Histogram({ name: PREFIX + name, help, labelNames: ['app', 'message'], buckets: BUCKETS, registers });
    this.#duration = histogram('request_duration_seconds', 'From the reading of a request to its answer');
    this.#backend = histogram(
      'backend_duration_seconds',
      'Part of the time of a request that the directory or database took',
    );
    this.#contact = new Gauge({
      name: `${PREFIX}last_contact_timestamp_seconds`,
      help: 'When a request with a valid credential came last, as Unix time; 0 where none ever came',
      labelNames: ['app'],
      registers,
    });
    this.#versions = new Counter({
      name: `${PREFIX}scim_version_requests_total`,
      help: 'Operations with a valid credential, by the version of SCIM that was spoken',
      labelNames: ['app', 'version'],
      registers,
    });
    for (const app of apps) this.#begin(app);
  }

  /** @param time  seconds since 1970 */
  remember(app: string, time: number): void {
    this.#contact.set({ app }, time);
  }

  /** Prometheus sees a rise from 0 only where it has seen the 0. */
  #begin(app: string): void {
    this.#contact.set({ app }, 0);
    for (const [reason, status] of ALARMING) this.#refusals.inc({ app, reason, status }, 0);
  }

  observe({ call, app, message, outcome, failure, duration, backendDuration }: OperationEvent): void {
    this.#requests.inc({ app, message, outcome });
    if (outcome !== 'done') {
      const { reason, status } = describeFailure(failure, this.#passingStatus);
      this.#refusals.inc({ app, reason, status: String(status) });
    }
    this.#duration.observe({ app, message }, duration / 1000);
    if (backendDuration > 0) this.#backend.observe({ app, message }, backendDuration / 1000);
    if (call.actor === '') return;
    this.#contact.set({ app }, Date.now() / 1000);
    if (call.client?.scim !== undefined) this.#versions.inc({ app, version: call.client.scim });
  }
}
