import { Registry } from 'prom-client';
import type { Gauge } from '../backend/backend.ts';
import type { Log } from '../log/log.ts';
import type { Observer, OperationEvent } from '../service/observer.ts';
import { Endpoint } from './endpoint.ts';
import { EpisodeMetrics } from './episode-metrics.ts';
import { PREFIX } from './prefix.ts';
import { ProcessGauges } from './process-gauges.ts';
import { Readings } from './readings.ts';
import { RequestMetrics } from './request-metrics.ts';

/** Read whenever somebody asks for the metrics. */
export type Source = () => readonly Gauge[] | Promise<readonly Gauge[]>;

export interface MetricsOptions {
  /** A loopback address. */
  readonly listen: { readonly host: string; readonly port: number };
  /** Of the connector. */
  readonly version: string;
  readonly apps: readonly string[];
  readonly passingStatus: 429 | 503;
  /** Files and connections that the process may have open. */
  readonly descriptorLimit: number;
  readonly log: Log;
}

/** What Prometheus sees: operations as they are told, and everything else as it is when Prometheus asks (docs/metrics.md). */
export class Metrics implements Observer {
  readonly #registry = new Registry();
  readonly #requests: RequestMetrics;
  readonly episodes: EpisodeMetrics;
  readonly #readings: Readings;
  readonly #sources: Source[] = [];
  readonly #process: ProcessGauges;
  readonly #endpoint: Endpoint;
  #rendering: Promise<string> | undefined;

  constructor({ listen, version, apps, passingStatus, descriptorLimit, log }: MetricsOptions) {
    const registry = this.#registry;
    this.#requests = new RequestMetrics({ registry, passingStatus, apps });
    this.episodes = new EpisodeMetrics(registry);
    this.#readings = new Readings(registry);
    this.#endpoint = new Endpoint({
      ...listen,
      log,
      render: async () => ({ text: await this.render(), contentType: registry.contentType }),
    });
    this.#process = new ProcessGauges(descriptorLimit);
    this.#sources.push(() => this.#process.read());
    this.watch(() => [
      { name: 'build_info', help: 'Always 1; its labels say which build this is', value: 1, labels: { version } },
    ]);
  }

  /** @param source  of names without the prefix */
  watch(source: Source): void {
    this.#sources.push(async () => (await source()).map((gauge) => ({ ...gauge, name: PREFIX + gauge.name })));
  }

  observe(event: OperationEvent): void {
    this.#requests.observe(event);
  }

  /** When an agent called that an earlier process has seen. @param time  ISO 8601 */
  remember(app: string, time: string): void {
    this.#requests.remember(app, Date.parse(time) / 1000);
  }

  /** In the text format of Prometheus. Who asks meanwhile gets the same. */
  render(): Promise<string> {
    this.#rendering ??= this.#render().finally(() => {
      this.#rendering = undefined;
    });
    return this.#rendering;
  }

  async #render(): Promise<string> {
    const readings = await Promise.all(this.#sources.map(async (source) => source()));
    this.#readings.show(readings.flat());
    return this.#registry.metrics();
  }

  /** @throws Error as `Endpoint.listen` */
  listen(): Promise<void> {
    return this.#endpoint.listen();
  }

  close(): Promise<void> {
    this.#process.close();
    return this.#endpoint.close();
  }
}
