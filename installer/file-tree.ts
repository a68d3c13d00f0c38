import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { epoch } from './release.ts';

/** For every tool that packs: the same input, clock and language on every machine. */
const ENVIRONMENT = { ...process.env, SOURCE_DATE_EPOCH: String(epoch), TZ: 'UTC', LC_ALL: 'C' };

/** @throws Error with what the tool said */
export const run = (tool: string, words: readonly string[], cwd?: string): string =>
  execFileSync(tool, words, {
    encoding: 'utf8',
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });

export interface Entry {
  readonly mode?: number;
  /** A file to copy, or the content. */
  readonly from?: string;
  readonly text?: string | Buffer;
}

/** Puts one file in a tree. */
export function put(root: string, path: string, { mode = 0o644, from, text = '' }: Entry): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  if (from === undefined) writeFileSync(file, text);
  else copyFileSync(from, file);
  chmodSync(file, mode);
}

/** In hexadecimal digits, as sha256sum writes it. */
export const sha256Of = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Everything in the tree was made when the release was. */
export const setTimes = (root: string): string =>
  run('find', [root, '-depth', '-exec', 'touch', '-h', '-d', `@${epoch}`, '{}', '+']);
