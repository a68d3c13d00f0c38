import { dirname } from 'node:path';
import { removeAbandoned } from '../../state/partial-file.ts';
import { Changes } from '../sql/changes.ts';
import type { Connection, ConnectionOptions } from './connection/connection.ts';
import { asUnavailable, inFile, translated, unavailable } from './connection/sqlite-errors.ts';
import { FileLock } from './file/file-lock.ts';
import { closeFile, openFile } from './file/open-file.ts';
import { OpenedFiles } from './file/opened-files.ts';
import { prepareFile } from './file/prepare-file.ts';
import { CommitQueue } from './writing/commit-queue.ts';
import { TableOutbox } from './writing/table-outbox.ts';

type OpenOptions = Pick<ConnectionOptions, 'onRun'>;

/** A database file that is ours until it is closed: its lock, its connection and the changes under way. */
export class OpenStore {
  readonly connection: Connection;
  readonly queue: CommitQueue;
  readonly outbox: TableOutbox;
  readonly #lock: FileLock;
  readonly #files: OpenedFiles;
  readonly #changes = new Changes(() => unavailable('connector-stopping', 'the connector is stopping; try again'));

  private constructor(file: string, lock: FileLock, options: OpenOptions) {
    this.connection = openFile(file, options);
    this.#files = new OpenedFiles(file);
    this.outbox = new TableOutbox(this.connection);
    this.queue = new CommitQueue(this.connection, {
      finish: () => {
        this.outbox.sweep();
        this.#files.verify();
      },
    });
    this.#lock = lock;
  }

  /** Makes the file where there is none. @throws unavailable */
  static open(file: string, options: OpenOptions = {}): OpenStore {
    const path = prepareFile(file);
    const lock = takeLock(file, path);
    try {
      removeAbandoned(dirname(path));
      return new OpenStore(file, lock, options);
    } catch (error) {
      lock.release();
      throw inFile(file, error);
    }
  }

  /** @throws unavailable */
  ping(): void {
    translated(() => this.connection.row('SELECT live FROM block_count LIMIT 1'));
    this.#files.verify();
  }

  /** Runs a change that `drain` waits for. @throws unavailable  the store is closing */
  change<T>(work: () => Promise<T>): Promise<T> {
    return this.#changes.run(work);
  }

  /** Takes no more changes and waits for those under way. */
  drain(): Promise<void> {
    return this.#changes.drain();
  }

  close(): void {
    this.#empty();
    closeFile(this.connection);
    this.#lock.release();
  }

  /** What is left is found at the next start. */
  #empty(): void {
    try {
      this.outbox.sweep();
    } catch (error) {
      if (!asUnavailable(error)) throw error;
    }
  }
}

function takeLock(file: string, path: string): FileLock {
  try {
    return FileLock.take(path);
  } catch (error) {
    throw inFile(file, error);
  }
}
