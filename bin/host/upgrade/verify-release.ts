import { createHash, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { verifyMinisign } from './minisign.ts';

export interface VerifyOptions {
  /** minisign's, text or undefined when nobody has given one. */
  readonly publicKey: string | undefined;
  /** Takes the checksum alone. */
  readonly unsigned: boolean;
}

const refused = (why: string): CommandError => new CommandError(EXIT.secret, `${why}: nothing was changed`);

function readBeside(file: string, name: string): Buffer {
  const path = join(dirname(file), name);
  if (!existsSync(path)) throw refused(`${path} is missing; put ${name} of the release beside the file`);
  return readFileSync(path);
}

/** SHA-256 of `name` in the format of `sha256sum`. */
function sumOf(name: string, sums: string): string {
  const line = sums.split(/\r?\n/).find((text) => text.slice(64).replace(/^ [ *]/, '') === name);
  if (line === undefined) throw refused(`SHA256SUMS has no line for ${name}`);
  return line.slice(0, 64);
}

/**
 * Checks a file of a release against SHA256SUMS beside it, and that against its signature.
 * @returns the content, so that what was checked is what is used
 * @throws CommandError secret
 */
export function verifyRelease(file: string, { publicKey, unsigned }: VerifyOptions): Buffer {
  if (!existsSync(file)) throw refused(`there is no file ${file}`);
  const sums = readBeside(file, 'SHA256SUMS');
  if (!unsigned) {
    if (publicKey === undefined)
      throw refused(
        'this build holds no key of the releaser; name it with --public-key, or take the risk with --unsigned',
      );
    verifyMinisign(sums, readBeside(file, 'SHA256SUMS.minisig').toString('utf8'), publicKey);
  }
  const content = readFileSync(file);
  const expected = Buffer.from(sumOf(basename(file), sums.toString('utf8')), 'hex');
  const actual = createHash('sha256').update(content).digest();
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual))
    throw refused(`${file} is not the file of the release: its SHA-256 differs from SHA256SUMS`);
  return content;
}
