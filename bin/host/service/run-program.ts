import { spawnSync } from 'node:child_process';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';

/** Output of a program of the operating system. @throws CommandError with what it said */
export function runProgram(program: string, ...words: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: 'utf8' });
  if (error) throw new CommandError(EXIT.unexpected, `${program} cannot be run: ${error.message}`, { cause: error });
  if (status !== 0) {
    const said = (stderr.trim() || stdout.trim()).replaceAll(/\s*\r?\n\s*/g, '; ');
    throw new CommandError(EXIT.unexpected, `${program} ${words.join(' ')} failed (${status}): ${said}`);
  }
  return stdout;
}
