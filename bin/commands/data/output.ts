import { closeSync, createWriteStream, openSync, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WriteLines } from '../../../connector/operations/transfer/export.ts';
import { createPrivateFile } from '../../../connector/state/private-file.ts';

export const toStdout: WriteLines = (lines) => pipeline(Readable.from(lines), process.stdout, { end: false });

/**
 * The file appears whole or not at all, and never in the place of another. For its owner alone: it holds people.
 * @throws EEXIST
 */
export const toFile =
  (file: string): WriteLines =>
  async (lines) => {
    const partial = `${file}.${process.pid}.partial`;
    // Taken first, so that nobody else's file comes between.
    closeSync(openSync(file, 'wx', 0o600));
    try {
      await pipeline(Readable.from(lines), createWriteStream(partial, { fd: createPrivateFile(partial) }));
      renameSync(partial, file);
    } catch (error) {
      for (const made of [partial, file]) rmSync(made, { force: true });
      throw error;
    }
  };
