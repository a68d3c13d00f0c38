import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** Certificates of every authority there is are a quarter of it. Unit: bytes. */
const LARGEST = 1024 * 1024;

/** Not what a person means by a file. `code` ends a text as the system's codes do. */
export class UnfitFile extends Error {
  override readonly name = 'UnfitFile';
  readonly code: string;

  constructor(file: string, why: string) {
    super(`${file}: ${why}`);
    this.code = why;
  }
}

/**
 * A file that a setting names. Pipes and devices are refused: whoever opens one may wait for ever, or read for ever.
 * @throws the system's error, UnfitFile
 */
export function readNamedFile(file: string, largest = LARGEST): Buffer {
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(handle);
    // The system says itself what is wrong with a folder.
    if (!found.isFile() && !found.isDirectory()) throw new UnfitFile(file, 'no regular file');
    if (found.isFile() && found.size > largest) throw new UnfitFile(file, `larger than ${largest} bytes`);
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}
