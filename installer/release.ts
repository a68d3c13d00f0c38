/** What a build is called, and when it was made: the same for everybody who builds the same commit. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bundle-options.ts';

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { name: string; version: string };
export const { name, version } = manifest;

/** The root of all build output. Nothing outside it is written. */
export const BUILD = join(ROOT, 'build');

/** Time of a source archive, which has no commits. 2026-11-01T00:00:00Z. Unit: s. */
const NO_COMMIT = 1_793_491_200;

function git(...words: string[]): string | undefined {
  try {
    return execFileSync('git', words, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** Undefined outside a checkout. Sources that are not committed are said to be so. */
export function commit(): string | undefined {
  const hash = git('rev-parse', 'HEAD');
  if (hash === undefined) return undefined;
  return git('status', '--porcelain', '--untracked-files=no') === '' ? hash : `${hash}-modified`;
}

/** Unit: s since 1970. See reproducible-builds.org/specs/source-date-epoch. */
export const epoch = Number(process.env['SOURCE_DATE_EPOCH'] ?? git('log', '-1', '--format=%ct') ?? NO_COMMIT);

/** The releaser's minisign public key (file), which `upgrade` trusts. Without one it asks for the key. */
export function releaseKey(): string | undefined {
  const file = process.env['RELEASE_PUBLIC_KEY'];
  return file === undefined ? undefined : readFileSync(file, 'utf8').trim().split('\n').at(-1);
}
