import { buffer } from 'node:stream/consumers';
import { decodeText, oneLine } from '../../connector/text/decode-text.ts';
import { CommandError } from '../cli/command-error.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { NoAnswer, TypedLines } from './typed-lines.ts';

/** From a pipe, or typed on the terminal without being shown. Never from the command line, which others can read. */
export async function askSecret(question: string): Promise<string> {
  const source = 'the value';
  if (!process.stdin.isTTY) return oneLine(decodeText(await buffer(process.stdin), 'standard input'), source);
  const lines = new TypedLines({ hidden: true });
  // Only now: until the lines are ours, the terminal itself shows what is typed.
  process.stderr.write(question);
  try {
    return oneLine(await lines.ask(''), source);
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
