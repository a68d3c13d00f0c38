import { Counter, Gauge, type Registry } from 'prom-client';
import type { Gauge as Reading } from '../backend/backend.ts';

/** What is read when somebody asks, and kept nowhere in between. */
export class Readings {
  readonly #registry: Registry;
  readonly #metrics = new Map<string, Counter | Gauge>();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** These and no others: what is not read any more is not shown any more. */
  show(readings: readonly Reading[]): void {
    for (const metric of this.#metrics.values()) metric.reset();
    for (const reading of readings) this.#metricFor(reading).inc({ ...reading.labels }, reading.value);
  }

  #metricFor({ name, help, labels = {} }: Reading): Counter | Gauge {
    const known = this.#metrics.get(name);
    if (known) return known;
    const options = { name, help, labelNames: Object.keys(labels), registers: [this.#registry] };
    const metric = name.endsWith('_total') ? new Counter(options) : new Gauge(options);
    this.#metrics.set(name, metric);
    return metric;
  }
}
