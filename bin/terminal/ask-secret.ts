import { text } from 'node:stream/consumers';
import { CommandError } from '../cli/command-error.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { NoAnswer, TypedLines } from './typed-lines.ts';

/** From a pipe, or typed on the terminal without being shown. Never from the command line, which others can read. */
export async function askSecret(question: string): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).replace(/\r?\n$/, '');
  const lines = new TypedLines({ hidden: true });
  // Only now: until the lines are ours, the terminal itself shows what is typed.
  process.stderr.write(question);
  try {
    return await lines.ask('');
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw error.interrupted
      ? new CommandError(EXIT.interrupted, 'interrupted: nothing was changed')
      : new CommandError(EXIT.usage, 'no value was entered: nothing was changed');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
