import type { JournalRecord } from '../../connector/journal/record.ts';
import { ScimError } from '../../connector/scim/error.ts';
import type { Page } from '../../connector/scim/query.ts';
import type { OperationEvent } from '../../connector/service/observer.ts';
import { Vitals, type VitalsReport } from '../../connector/vitals/vitals.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';
import { type Reply, startServer, type TestServer } from '../support/start-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TOKEN = 'a-token-of-some-length';

class SometimesDown extends MemoryBackend {
  isDown = false;

  override async list(...words: Parameters<MemoryBackend['list']>): Promise<Page> {
    if (this.isDown) throw new ScimError('unavailable', 'the store is down');
    return super.list(...words);
  }
}

/** A server with some people, whose present state is known, and a clock of its own. */
export class WatchedServer {
  /** People there are at first. */
  static readonly PEOPLE = 25;
  readonly #folder = temporaryFolder();
  /** Imports that are over. */
  records: JournalRecord[] = [];
  /** ms since 1970. */
  clock = 0;
  store = new SometimesDown();
  vitals!: Vitals;
  #server!: TestServer;

  /** Call inside `describe`. */
  constructor() {
    beforeEach(() => this.#start());
    afterEach(() => this.#server.close());
  }

  get folder(): string {
    return this.#folder.path;
  }

  get report(): VitalsReport {
    return this.vitals.report();
  }

  /** What a start of the service knows. */
  know(): Vitals {
    this.records = [];
    return new Vitals({
      stateDir: this.folder,
      version: '1.2.3',
      onImport: (one) => this.records.push(one),
      now: () => this.clock,
    });
  }

  ask(path: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.#server.request('GET', path, undefined, this.#headers(headers));
  }

  page(start: number, query = ''): Promise<Reply> {
    return this.ask(`/Users?startIndex=${start}&count=10${query}`);
  }

  /** A page behind a cursor, in SCIM 2.0. */
  walk(cursor: string): Promise<Reply> {
    const path = `/Users?cursor=${cursor}&count=10`;
    return this.#server.speaking('2.0').request('GET', path, undefined, this.#headers({}));
  }

  /** In SCIM 2.0, without a credential. */
  anybody(path: string): Promise<Reply> {
    return this.#server.speaking('2.0').request('GET', path);
  }

  create(name: string, title?: string): Promise<Reply> {
    return this.#server.request('POST', '/Users', { userName: name, ...(title ? { title } : {}) }, this.#headers({}));
  }

  remove(id: string): Promise<Reply> {
    return this.#server.request('DELETE', `/Users/${id}`, undefined, this.#headers({}));
  }

  #headers(own: Record<string, string>): Record<string, string> {
    return { Authorization: `Bearer ${TOKEN}`, 'User-Agent': 'agent/3', ...own };
  }

  async #start(): Promise<void> {
    this.clock = Date.parse('2026-11-28T10:00:00Z');
    this.vitals = this.know();
    this.store = new SometimesDown();
    // Of the one that is current, which a test may replace.
    const observer = { observe: (event: OperationEvent) => this.vitals.observe(event) };
    this.#server = await startServer({ token: TOKEN, backend: this.store, observer });
    for (let i = 0; i < WatchedServer.PEOPLE; i += 1) await this.create(`p${String(i).padStart(2, '0')}`);
  }
}
