/** Files that the operator has named, to be read: opened while root is still root, which may read its own folders. */
import { accessSync, closeSync, constants, createReadStream, createWriteStream, fstatSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { dropPartial } from '../../connector/state/partial-file.ts';
import { createPrivateFile } from '../../connector/state/private-file.ts';
import { CommandError } from '../cli/command-error.ts';
import { EXIT } from '../cli/exit-codes.ts';

export interface NamedInput {
  readonly stream: Readable;
  /** Unit: bytes. 0 where nobody knows. */
  readonly size: number;
  /** How much has been read. Unit: bytes. */
  bytesRead(): number;
}

/** @param file  absent: standard input @throws CommandError usage; ENOENT, EACCES and the like */
export function openInput(file: string | undefined): NamedInput {
  if (file === undefined) return { stream: process.stdin, size: 0, bytesRead: () => 0 };
  const fd = openSync(file, 'r');
  const stats = fstatSync(fd);
  if (stats.isDirectory()) {
    closeSync(fd);
    throw new CommandError(EXIT.usage, `${file}: is a folder; name a file`);
  }
  const stream = createReadStream(file, { fd });
  return { stream, size: stats.size, bytesRead: () => stream.bytesRead };
}

/** For what opens a file by its name, such as SQLite. */
export class ReadableFile {
  readonly #file: string;
  readonly #handle: number | undefined;

  /** What is wrong with the file is told by whoever reads it. */
  constructor(file: string) {
    this.#file = file;
    try {
      this.#handle = openSync(file, 'r');
    } catch {
      this.#handle = undefined;
    }
  }

  /** @param copy  a new path of ours, used for as long as `work` takes when the file itself may not be read any more */
  async read<T>(copy: string, work: (path: string) => Promise<T>): Promise<T> {
    const fd = this.#handle;
    if (fd === undefined || this.#isReadable()) return work(this.#file);
    try {
      const target = createWriteStream(copy, { fd: createPrivateFile(copy) });
      await pipeline(createReadStream(this.#file, { fd, autoClose: false }), target);
      return await work(copy);
    } finally {
      dropPartial(copy);
    }
  }

  close(): void {
    if (this.#handle !== undefined) closeSync(this.#handle);
  }

  #isReadable(): boolean {
    try {
      accessSync(this.#file, constants.R_OK);
      return true;
    } catch {
      return false;
    }
  }
}
