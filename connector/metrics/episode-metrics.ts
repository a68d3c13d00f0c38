import { Counter, type Registry } from 'prom-client';
import { PREFIX } from './prefix.ts';

/** An import that is over. */
export interface EndedImport {
  readonly app: string;
  readonly type?: string;
  /** Anything but `done`: it has not come to its end. */
  readonly outcome: string;
}

/** Connections on which nothing could be asked, as they are told: several alike at once. */
export interface FailedTls {
  /** Code in the catalogue of faults. */
  readonly fault: string;
  readonly times: number;
}

/** What keeps an agent from asking at all (docs/errors.md); others are scans, as a rule. */
const OF_AGENTS = ['agent-distrusts-certificate', 'agent-certificate-name', 'certificate-expired'];

/** Counts what is no operation of one request: whole imports, and handshakes that failed. */
export class EpisodeMetrics {
  readonly #imports: Counter<'app' | 'type' | 'outcome'>;
  readonly #tls: Counter<'fault'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#imports = new Counter({
      name: `${PREFIX}imports_total`,
      help: 'Imports that are over: done, or unfinished where pages were refused or not asked for any more',
      labelNames: ['app', 'type', 'outcome'],
      registers,
    });
    this.#tls = new Counter({
      name: `${PREFIX}tls_failures_total`,
      help: 'Connections on which no TLS could be set up, by the code that explain takes',
      labelNames: ['fault'],
      registers,
    });
    for (const fault of OF_AGENTS) this.#tls.inc({ fault }, 0);
  }

  /** Prometheus sees a rise from 0 only where it has seen the 0. */
  expectImports(app: string, types: readonly string[]): void {
    for (const type of types)
      for (const outcome of ['done', 'unfinished']) this.#imports.inc({ app, type, outcome }, 0);
  }

  importEnded({ app, type = '', outcome }: EndedImport): void {
    this.#imports.inc({ app, type, outcome: outcome === 'done' ? 'done' : 'unfinished' });
  }

  tlsFailed({ fault, times }: FailedTls): void {
    this.#tls.inc({ fault }, times);
  }
}
