import { realpathSync, statSync } from 'node:fs';
import { unavailable } from '../connection/sqlite-errors.ts';

/**
 * Tells the files that were opened from others that stand in their places. The system goes on writing to a file that was
 * moved or deleted, and nobody would find again what is in it.
 */
export class OpenedFiles {
  readonly #inodes: ReadonlyMap<string, string>;

  /** @param file  a database that has been opened and read, so that its log of changes is there */
  constructor(file: string) {
    // What is written stands in the log for a while before it is in the database.
    const inodes = [file, `${realpathSync(file)}-wal`].map((path) => [path, inodeOf(path)] as const);
    this.#inodes = new Map(inodes.filter(([, inode]) => inode !== ''));
  }

  /** @throws unavailable naming the one that is another, or gone */
  verify(): void {
    for (const [path, inode] of this.#inodes) {
      if (inodeOf(path) !== inode)
        throw unavailable('database-moved', `${path} is no longer the file that was opened; restart the connector`);
    }
  }
}

/** Empty when there is none, or when it cannot be looked at. */
function inodeOf(path: string): string {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return '';
  }
}
