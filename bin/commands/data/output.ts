import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WriteLines } from '../../../connector/operations/transfer/export.ts';
import type { NamedOutput } from '../../../connector/state/named-output.ts';

export const toStdout: WriteLines = (lines) => pipeline(Readable.from(lines), process.stdout, { end: false });

/** The file gets everything or nothing. @param spare  a folder of ours, for where the file's own may not be written */
export const toFile =
  (output: NamedOutput, spare: string): WriteLines =>
  (lines) =>
    output.place(spare, (path) => pipeline(Readable.from(lines), createWriteStream(path)));
