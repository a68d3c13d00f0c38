import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { EXIT } from '../cli/exit-codes.ts';
import { CommandError } from '../cli/failure.ts';

/** From a pipe, or typed on the terminal without being shown. Never from the command line, which others can read. */
export async function askSecret(prompt: string): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).replace(/\r?\n$/, '');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // Only now: until readline has taken over, the terminal itself shows what is typed.
  process.stderr.write(prompt);
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('SIGINT', () => reject(new CommandError(EXIT.interrupted, 'interrupted: nothing was changed')));
      lines.once('close', () => reject(new CommandError(EXIT.usage, 'no value was entered: nothing was changed')));
    });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
