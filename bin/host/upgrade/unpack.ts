import { gunzipSync } from 'node:zlib';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';

/** POSIX.1-1988 ustar: header and content come in blocks of this size. Unit: bytes. */
const BLOCK = 512;

const text = (bytes: Buffer): string => bytes.toString('utf8').replace(/\0.*$/s, '').trim();

/** The executable in a release's .tar.gz; any other file is the executable itself. */
export function executableIn(content: Buffer, executable: string): Buffer {
  const isGzip = content[0] === 0x1f && content[1] === 0x8b;
  if (!isGzip) return content;
  const archive = gunzipSync(content);
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const name = text(archive.subarray(at, at + 100));
    const size = Number.parseInt(text(archive.subarray(at + 124, at + 136)) || '0', 8);
    const start = at + BLOCK;
    if (name.split('/').at(-1) === executable) return archive.subarray(start, start + size);
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new CommandError(EXIT.usage, `the archive holds no ${executable}: take the one for this system`);
}
