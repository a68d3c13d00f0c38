import { closeSync, createReadStream, fstatSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';

export interface Input {
  readonly stream: Readable;
  /** Unit: bytes. 0 where nobody knows. */
  readonly size: number;
  /** How much has been read. Unit: bytes. */
  bytesRead(): number;
}

/** Opened at once: what is wrong with the file is known before anything is done. @throws CommandError usage */
export function openInput(file: string | undefined): Input {
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
