import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICE_HOST } from '../bin/host/installation.ts';
import { ROOT } from './bundle-options.ts';
import { run, setTimes } from './file-tree.ts';

const WINDOWS = join(ROOT, 'installer', 'windows');

/** Compiles the program that makes the connector a Windows service. Needs Debian's mingw-w64. */
export function buildServiceHost(folder: string): string {
  const file = join(folder, SERVICE_HOST);
  const sources = readdirSync(WINDOWS).filter((name) => name.endsWith('.c'));
  // No time of compilation in it: the same source gives the same bytes.
  const words = [
    '-O2',
    '-s',
    '-municode',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-Wl,--no-insert-timestamp',
    '-o',
    file,
    ...sources.sort().map((name) => join(WINDOWS, name)),
  ];
  run('x86_64-w64-mingw32-gcc', words);
  setTimes(file);
  return file;
}
