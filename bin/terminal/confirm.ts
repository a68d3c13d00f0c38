import { createInterface } from 'node:readline';
import { EXIT } from '../cli/exit-codes.ts';
import { CommandError } from '../cli/failure.ts';
import { widthOf, wrap } from './line-width.ts';

export interface Consequence {
  /** A sentence without full stop: what cannot be taken back. */
  readonly what: string;
  readonly question: string;
  /** `--yes` was given. */
  readonly yes: boolean;
}

const unchanged = (why: string): CommandError => new CommandError(EXIT.interrupted, `${why}: nothing was changed`);

/** Goes on only when a person, or the script with `--yes`, has agreed. @throws CommandError usage, interrupted */
export async function confirm({ what, question, yes }: Consequence): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new CommandError(EXIT.usage, `${what}; add --yes if that is meant`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  process.stderr.write(`${wrap(`${what.charAt(0).toUpperCase()}${what.slice(1)}.`, widthOf(process.stderr))}\n`);
  try {
    const answer = await new Promise<string>((resolve, reject) => {
      lines.once('SIGINT', () => reject(unchanged('\ninterrupted')));
      lines.once('close', () => reject(unchanged('\nno answer')));
      lines.question(`${question} [y/N]: `, resolve);
    });
    if (!/^y(es)?$/i.test(answer.trim())) throw unchanged('not confirmed');
  } finally {
    lines.close();
  }
}
