import { gunzipSync } from 'node:zlib';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';

/** POSIX.1-1988 ustar: header and content come in blocks of this size. Unit: bytes. */
const BLOCK = 512;

/** ustar's typeflag: a regular file, in two spellings. */
const REGULAR = ['0', '\0'];
/** Folders, and what pax and GNU say of the entry that follows. */
const NO_FILE = ['5', 'x', 'g', 'L', 'K'];

const text = (bytes: Buffer): string => bytes.toString('utf8').replace(/\0.*$/s, '').trim();
const refused = (why: string): CommandError => new CommandError(EXIT.usage, `${why}: nothing was changed`);

function unzipped(content: Buffer): Buffer {
  try {
    return gunzipSync(content);
  } catch (cause) {
    throw refused(`the archive is damaged (${cause instanceof Error ? cause.message : String(cause)})`);
  }
}

/** The executable in a release's .tar.gz; any other file is the executable itself. @throws CommandError */
export function executableIn(content: Buffer, executable: string): Buffer {
  const isGzip = content[0] === 0x1f && content[1] === 0x8b;
  if (!isGzip) return content;
  const archive = unzipped(content);
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const name = text(archive.subarray(at, at + 100));
    const type = archive.toString('latin1', at + 156, at + 157);
    const announced = text(archive.subarray(at + 124, at + 136)) || '0';
    const size = /^[0-7]+$/.test(announced) ? Number.parseInt(announced, 8) : Number.NaN;
    const start = at + BLOCK;
    if (name.split('/').at(-1) === executable && !NO_FILE.includes(type)) {
      if (!REGULAR.includes(type)) throw refused(`${name} in the archive is no regular file but a link or a device`);
      if (!(size > 0 && start + size <= archive.length))
        throw refused(`${name} in the archive is empty or shorter than it announces; get the release again`);
      return archive.subarray(start, start + size);
    }
    if (Number.isNaN(size)) throw refused(`the archive is damaged: the size of ${name} cannot be read`);
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new CommandError(EXIT.usage, `the archive holds no ${executable}: take the one for this system`);
}
