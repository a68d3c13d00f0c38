import { accessSync, constants } from 'node:fs';
import type { Config } from '../config/config.ts';
import { isDamaged } from '../journal/file/failure.ts';
import { JournalFileReader } from '../journal/file/journal-file.ts';
import { journalFile } from '../journal/file/open-journal.ts';
import type { JournalQuery, JournalReader, StoredRecord } from '../journal/journal-store.ts';
import { failureOf } from './failure.ts';
import { OperationError } from './operation-error.ts';

const OWNER =
  process.platform === 'win32'
    ? 'the service and administrators alone may read it; use an elevated prompt'
    : 'its owner alone may read it; run this as root or as the account of the service';

function refusal(file: string, enabled: boolean, cause: unknown): OperationError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT' && !enabled)
    return new OperationError('unexpected', 'no journal is kept; set [journal] enabled = true and restart', { cause });
  if (code === 'ENOENT')
    return new OperationError('unexpected', `${file}: there is no journal yet; "serve" begins it`, { cause });
  if (['EACCES', 'EPERM', 'SQLITE_CANTOPEN'].includes(code))
    return new OperationError('secret', `${file}: ${OWNER}`, { cause });
  if (isDamaged(cause)) return damaged(file, cause);
  return new OperationError('unexpected', `${file}: the journal cannot be read: ${message}`, { cause });
}

/** What is in the file of the journal cannot be read any more. */
export const damaged = (file: string, cause: unknown): OperationError =>
  new OperationError(
    'unexpected',
    `${file}: it is damaged; stop the service, move journal.db and what lies beside it (journal.db-wal, journal.db-shm) away, and start it again: a new one is begun`,
    { cause },
  );

/** A journal that says what is wrong when it cannot be read after all. */
class OpenedJournal implements JournalReader {
  readonly #reader: JournalReader;
  readonly #refusal: (cause: unknown) => OperationError;
  readonly caveat?: string;

  constructor(reader: JournalReader, refusal: (cause: unknown) => OperationError, caveat?: string) {
    this.#reader = reader;
    this.#refusal = refusal;
    if (caveat !== undefined) this.caveat = caveat;
  }

  /** @throws OperationError */
  async select(query: JournalQuery): Promise<readonly StoredRecord[]> {
    return this.#asked(this.#reader.select(query));
  }

  /** @throws OperationError */
  async last(): Promise<number> {
    return this.#asked(this.#reader.last());
  }

  close(): Promise<void> {
    return this.#reader.close();
  }

  async #asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (cause) {
      throw this.#refusal(cause);
    }
  }
}

type JournalConfig = Pick<Config, 'state_dir' | 'journal' | 'state'>;

/**
 * The journal of a connector, or of all that share a database, whether they run or not. Where the database is away, what
 * this one alone has done, with a caveat. To be closed.
 * @throws OperationError there is none, or it may not be read
 */
export async function openedJournal(config: JournalConfig): Promise<JournalReader> {
  if (config.state.backend === 'files') return ownJournal(config);
  try {
    const { openedSharedJournal } = await import('./shared-journal.ts');
    return await openedSharedJournal(config, journalFile(config.state_dir));
  } catch (error) {
    const { message, isBug } = failureOf(error);
    if (isBug) throw error;
    return ownJournal(config, `what follows is of this connector alone, out of its own file: ${message}`);
  }
}

function ownJournal({ state_dir, journal }: JournalConfig, caveat?: string): JournalReader {
  const file = journalFile(state_dir);
  try {
    // SQLite has one code for what is missing and for what is forbidden.
    accessSync(file, constants.R_OK);
    return new OpenedJournal(new JournalFileReader(file), (cause) => refusal(file, journal.enabled, cause), caveat);
  } catch (cause) {
    throw refusal(file, journal.enabled, cause);
  }
}
