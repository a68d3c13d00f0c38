/** A command on a terminal, made by script(1) of util-linux: what a pipe cannot show. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { command } from './cli.ts';

/** macOS and Windows have another script(1) or none. */
export const hasTerminal =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;

if (!hasTerminal && process.env['CI'] === 'true')
  throw new Error('CI needs script(1) of util-linux for the terminal tests');

export interface Dialogue {
  readonly cwd: string;
  /** Variables to set, or, as `undefined`, to take away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** When what was shown since the last answer fits, it is answered with the text. In this order. */
  readonly answers?: readonly (readonly [shown: RegExp, typed: string])[];
}

/** A dialogue that takes longer waits for an answer that never comes. Unit: ms. */
const PATIENCE = 45_000;

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** All that was shown on 80 columns, lines ending as in a file. */
export async function onTerminal(
  args: readonly string[],
  { cwd, env, answers = [] }: Dialogue,
): Promise<{ readonly code: number | null; readonly shown: string }> {
  const line = ['stty cols 80 rows 24; exec', ...[...command, ...args].map(quoted)].join(' ');
  const child = spawn('script', ['--quiet', '--return', '--echo', 'always', '--command', line, '/dev/null'], {
    cwd,
    env: { ...process.env, ...env },
  });
  let shown = '';
  let answered = 0;
  const open = [...answers];
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    shown += part;
    const [next] = open;
    if (!next?.[0].test(stripVTControlCharacters(shown.slice(answered)))) return;
    open.shift();
    answered = shown.length;
    child.stdin.write(next[1]);
  });
  // What was shown until then tells which answer fits no question.
  let isStuck = false;
  const timer = setTimeout(() => {
    isStuck = true;
    child.kill();
  }, PATIENCE);
  await once(child, 'close');
  clearTimeout(timer);
  return { code: isStuck ? null : child.exitCode, shown: shown.replaceAll('\r\n', '\n') };
}
