import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LdapBackend } from '../../connector/backend/ldap/ldap-backend.ts';
import { JournalFile } from '../../connector/journal/file/journal-file.ts';
import { Journal } from '../../connector/journal/journal.ts';
import type { StoredRecord } from '../../connector/journal/journal-store.ts';
import { assembleService } from '../../connector/service/assemble-service.ts';
import type { ObservedService } from '../../connector/service/observed-service.ts';
import { defaultPolicy } from '../../connector/service/policy.ts';
import type { DirectoryLab } from '../support/directories/directory-lab.ts';
import { type Interception, intercepted, type Verb } from '../support/directories/intercepted.ts';
import { openBackend, types } from '../support/directories/ldap-backend.ts';
import { recordsIn } from '../support/records-in.ts';

/** When a process dies: before a write leaves, before its answer is read, before its record is written. */
export type Moment = 'before the write' | 'before its outcome' | 'before the record';

interface Life {
  readonly backend: LdapBackend;
  readonly journal: Journal;
  readonly service: ObservedService;
  isDead: boolean;
}

/** Dies in the first write of a kind. */
interface Death {
  readonly verb: Verb;
  readonly moment: Moment;
}

/** A connector over a directory, as far as its journal is concerned, which ends as by kill -9 and is started again. */
export class CutShort {
  readonly folder = mkdtempSync(join(tmpdir(), 'cut-short-'));
  readonly file = join(this.folder, 'journal.db');
  readonly #lab: DirectoryLab;
  readonly #lives: Life[] = [];
  readonly #buried = Promise.withResolvers<never>();

  constructor(lab: DirectoryLab) {
    this.#lab = lab;
    this.#buried.promise.catch(() => {});
  }

  /** @returns the service, and what resolves when it is dead */
  async live(death?: Death): Promise<{ readonly service: ObservedService; readonly dead: Promise<void> }> {
    const { promise: dead, resolve: die } = Promise.withResolvers<void>();
    const life: Partial<Life> = { isDead: false };
    const end = (): Promise<never> => {
      life.isDead = true;
      die();
      // Nothing comes after it while anybody looks.
      return this.#buried.promise;
    };
    const meet: Interception = async (verb, write) => {
      if (verb !== death?.verb || life.isDead) return write();
      if (death.moment === 'before the write') return end();
      await write();
      if (death.moment === 'before its outcome') return end();
      life.isDead = true;
      die();
    };
    const backend = await openBackend(this.#lab, {}, types, (directory) => intercepted(directory, meet));
    const journal = new Journal({
      open: () => this.#mortal(() => life.isDead === true),
      name: this.file,
      log: { info: () => {}, warn: () => {}, error: () => {} },
      maxAge: 86_400_000,
      maxSize: 2 ** 30,
      settling: { patience: 300, shortPatience: 100, backOff: { first: 20, longest: 100 } },
    });
    journal.serve('hr', backend.settle.bind(backend));
    const { service } = assembleService(backend, defaultPolicy, 'hr', journal, journal);
    this.#lives.push(Object.assign(life, { backend, journal, service }) as Life);
    return { service, dead };
  }

  /** A file that a dead process writes no more. */
  #mortal(isDead: () => boolean): JournalFile {
    const store = new JournalFile(this.file);
    const write = store.write.bind(store);
    store.write = (batch) => {
      if (isDead()) throw new Error('killed');
      return write(batch);
    };
    return store;
  }

  records(): readonly StoredRecord[] {
    this.#lives.at(-1)?.journal.flush();
    return recordsIn(this.file);
  }

  async remove(): Promise<void> {
    // What is still under way would have a directory wait for it before it closes.
    this.#buried.reject(new Error('killed'));
    for (const { journal, backend } of this.#lives) {
      await backend.close();
      journal.close();
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
