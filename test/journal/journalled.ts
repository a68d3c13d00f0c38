import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call } from '../../connector/backend/backend.ts';
import type { SqliteBackend } from '../../connector/backend/sqlite/sqlite-backend.ts';
import { JournalFile } from '../../connector/journal/file/journal-file.ts';
import { Journal, type JournalOptions } from '../../connector/journal/journal.ts';
import type { StoredRecord } from '../../connector/journal/journal-store.ts';
import type { Draft } from '../../connector/scim/draft.ts';
import type { Attributes } from '../../connector/scim/resource.ts';
import { assembleService } from '../../connector/service/assemble-service.ts';
import type { ObservedService } from '../../connector/service/observed-service.ts';
import type { Observer } from '../../connector/service/observer.ts';
import { defaultPolicy } from '../../connector/service/policy.ts';
import { opened } from '../backend/sqlite/opened.ts';
import { recordsIn } from '../support/records-in.ts';

let calls = 0;

export const newCall = (more: Partial<Call> = {}): Call => {
  calls += 1;
  return { requestId: `REF-${calls}`, actor: 'okta', signal: new AbortController().signal, ...more };
};

export const draftOf = (attributes: Attributes): Draft => ({ attributes, cleared: [], ignored: [] });

/** A store, a journal and the service between them, as a connector has them, each of which can be ended alone. */
export class Journalled {
  readonly folder = mkdtempSync(join(tmpdir(), 'journalled-'));
  readonly file = join(this.folder, 'journal.db');
  readonly people = join(this.folder, 'people.db');
  /** What the operator was told. */
  readonly told: string[] = [];
  readonly #options: Partial<JournalOptions>;
  backend!: SqliteBackend;
  journal!: Journal;
  service!: ObservedService;

  constructor(options: Partial<JournalOptions> = {}) {
    this.#options = options;
  }

  /** @param observer  instead of the journal */
  async start(observer?: Observer): Promise<void> {
    const tell = (level: string) => (text: string) => this.told.push(`${level}: ${text}`);
    this.journal = new Journal({
      open: () => new JournalFile(this.file),
      name: this.file,
      log: { info: tell('info'), warn: tell('warn'), error: tell('error') },
      maxAge: 86_400_000,
      maxSize: 2 ** 30,
      ...this.#options,
    });
    this.backend = await opened(this.people);
    await this.journal.carry(this.backend.outbox);
    const listening = observer ?? this.journal;
    this.service = assembleService(this.backend, defaultPolicy, 'hr', listening, this.journal).service;
  }

  async stop(): Promise<void> {
    await this.journal.rest();
    await this.backend.close();
    this.journal.close();
  }

  /** All that the journal holds by now, the oldest first. */
  records(): readonly StoredRecord[] {
    this.journal.flush();
    return recordsIn(this.file);
  }

  names(): readonly (string | undefined)[] {
    return this.records().map(({ name }) => name);
  }

  /** How many records wait in the store. */
  async waiting(): Promise<number> {
    return (await this.backend.outbox.waiting(100_000)).length;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
