import { CommandError } from '../cli/command-error.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { widthOf, wrap } from './line-width.ts';
import { NoAnswer, TypedLines } from './typed-lines.ts';

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
  process.stderr.write(`${wrap(`${what.charAt(0).toUpperCase()}${what.slice(1)}.`, widthOf(process.stderr))}\n`);
  const lines = new TypedLines();
  try {
    const answer = await lines.ask(`${question} [y/N]: `);
    if (!/^y(es)?$/i.test(answer.trim())) throw unchanged('not confirmed');
  } catch (error) {
    throw error instanceof NoAnswer ? unchanged(`\n${error.message}`) : error;
  } finally {
    lines.close();
  }
}
