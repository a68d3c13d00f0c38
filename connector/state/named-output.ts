/**
 * Files that the operator has named, to be written. They are opened while root is still root: the account of the service,
 * which it then becomes, cannot write into root's own folders.
 */
import {
  closeSync,
  constants,
  createReadStream,
  createWriteStream,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { dropPartial, partialOf, removeAbandoned } from './partial-file.ts';
import { createPrivateFile } from './private-file.ts';
import { renameOver } from './rename-over.ts';
import { syncFolder } from './sync-folder.ts';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';
/** The account may not do it. */
export const isRefusal = (error: unknown): boolean => ['EACCES', 'EPERM'].includes(codeOf(error));

interface Opened {
  readonly handle: number;
  readonly isNew: boolean;
  isOpen: boolean;
}

function close(opened: Opened): void {
  if (!opened.isOpen) return;
  opened.isOpen = false;
  closeSync(opened.handle);
}

function sync(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Where it may not be removed any more, nothing is left in it. */
function discard(file: string, opened: Opened): void {
  try {
    rmSync(file, { force: true });
  } catch (error) {
    if (!isRefusal(error) || !opened.isOpen) throw error;
    ftruncateSync(opened.handle);
  }
}

/** What a killed process has claimed and not filled counts as not being there. */
function isEmpty(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.size === 0;
}

/** What is there already keeps its content until there is another; it may be a pipe or a device. */
function openExisting(file: string): Opened {
  return { handle: openSync(file, constants.O_WRONLY), isNew: false, isOpen: true };
}

function open(file: string, mayExist: boolean, mode?: number): Opened {
  try {
    const handle = mode === undefined ? createPrivateFile(file) : openSync(file, 'wx', mode);
    return { handle, isNew: true, isOpen: true };
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' || !(mayExist || isEmpty(file))) throw error;
    return openExisting(file);
  }
}

/** A file being filled. Only what is complete gets into it. */
export class NamedOutput {
  readonly #file: string;
  readonly #opened: Opened;

  constructor(file: string, opened: Opened) {
    this.#file = file;
    this.#opened = opened;
  }

  write(text: string): void {
    const { handle } = this.#opened;
    writeFileSync(handle, text);
    if (!fstatSync(handle).isFile()) return;
    ftruncateSync(handle, Buffer.byteLength(text));
    fsyncSync(handle);
    syncFolder(dirname(this.#file));
  }

  /**
   * Puts what `make` writes to an empty file in this one's place: a file beside it, or in `spare`, a folder of ours, where
   * that is refused.
   */
  async place(spare: string, make: (path: string) => Promise<void>): Promise<void> {
    removeAbandoned(dirname(this.#file));
    const name = partialOf(this.#file);
    try {
      closeSync(createPrivateFile(name));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      removeAbandoned(spare);
      return this.#copy(partialOf(join(spare, basename(this.#file))), make);
    }
    try {
      await make(name);
      sync(name);
      // Windows replaces no file that is open.
      close(this.#opened);
      renameOver(name, this.#file);
      syncFolder(dirname(this.#file));
    } finally {
      dropPartial(name);
    }
  }

  async #copy(made: string, make: (path: string) => Promise<void>): Promise<void> {
    const { handle } = this.#opened;
    try {
      closeSync(createPrivateFile(made));
      await make(made);
      ftruncateSync(handle);
      await pipeline(createReadStream(made), createWriteStream(this.#file, { fd: handle, autoClose: false }));
      if (fstatSync(handle).isFile()) fsyncSync(handle);
    } finally {
      dropPartial(made);
    }
  }
}

export interface OutputOptions {
  /** It may be there already, and keeps its content when `work` fails. */
  readonly overwrite?: boolean;
  /** Of a new one; for its owner alone without it. */
  readonly mode?: number;
}

/**
 * Opens `file` at once and goes on with `work`, which may become another account. Of a new file nothing is left when that
 * fails. @throws EEXIST, EACCES and the like; what `work` throws
 */
export async function withOutput<T>(
  file: string,
  { overwrite = false, mode }: OutputOptions,
  work: (output: NamedOutput) => Promise<T>,
): Promise<T> {
  const opened = open(file, overwrite, mode);
  try {
    return await work(new NamedOutput(file, opened));
  } catch (error) {
    if (opened.isNew) discard(file, opened);
    throw error;
  } finally {
    close(opened);
  }
}
