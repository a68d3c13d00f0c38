import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Gauge } from '../backend/backend.ts';

/** From one look at the event loop to the next: each wakes the processor. Unit: ms. */
const LOOK_EVERY = 100;
const NANO = 1e9;

/** Of ours; undefined where the system does not tell. */
function openDescriptors(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return undefined;
  }
}

/**
 * The figures of the process, under the names that other programs for Node use. Not prom-client's own collection: that
 * looks at the event loop a hundred times a second, which costs an idle service a two-hundredth of a processor.
 */
export class ProcessGauges {
  readonly #descriptorLimit: number;
  readonly #delay = monitorEventLoopDelay({ resolution: LOOK_EVERY });

  /** @param descriptorLimit  files and connections that the process may have open */
  constructor(descriptorLimit: number) {
    this.#descriptorLimit = descriptorLimit;
    this.#delay.enable();
  }

  read(): readonly Gauge[] {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
    const { active } = performance.eventLoopUtilization();
    const open = openDescriptors();
    return [
      gauge('process_cpu_seconds_total', 'Processor time', (user + system) / 1e6),
      gauge('process_start_time_seconds', 'When the process was started, as Unix time', performance.timeOrigin / 1000),
      gauge('process_resident_memory_bytes', 'Memory of the process', rss),
      ...(open === undefined ? [] : [gauge('process_open_fds', 'Files and connections that are open', open)]),
      ...(Number.isFinite(this.#descriptorLimit)
        ? [gauge('process_max_fds', 'Files and connections that may be open', this.#descriptorLimit)]
        : []),
      gauge('nodejs_heap_size_used_bytes', 'JavaScript heap that is in use', heapUsed),
      gauge('nodejs_heap_size_total_bytes', 'JavaScript heap that is set aside', heapTotal),
      gauge('nodejs_external_memory_bytes', 'Memory of buffers and the like', external),
      gauge('nodejs_eventloop_active_seconds_total', 'Time that the event loop was busy', active / 1000),
      gauge(
        'nodejs_eventloop_lag_max_seconds',
        'Longest that work has waited for others since the last reading',
        this.#lag(),
      ),
    ];
  }

  close(): void {
    this.#delay.disable();
  }

  /** The monitor tells the time from look to look. Unit: seconds. */
  #lag(): number {
    const longest = this.#delay.count === 0 ? 0 : this.#delay.max / NANO - LOOK_EVERY / 1000;
    this.#delay.reset();
    return Math.max(0, longest);
  }
}

const gauge = (name: string, help: string, value: number): Gauge => ({ name, help, value });
