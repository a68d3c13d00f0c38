import { CommandError } from '../cli/command-error.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { widthOf, wrap } from './line-width.ts';
import { NoAnswer, TypedLines } from './typed-lines.ts';

export interface Question {
  readonly text: string;
  /** What Enter takes. */
  readonly standard: string;
  readonly valid: (answer: string) => boolean;
  /** What is valid, to stand behind "answer with". */
  readonly fits: string;
  /** A sentence or two for who does not know: what it is about, and where to look. */
  readonly help: string;
}

/** Asks until the answer is valid; `?` explains the question. */
export type Ask = (question: Question) => Promise<string>;

const say = (text: string): void => {
  process.stderr.write(`${wrap(`  ${text}`, widthOf(process.stderr))}\n`);
};

/** @param work  asks one question after the other @throws CommandError interrupted */
export async function asking<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
  const lines = new TypedLines();
  const ask: Ask = async ({ text, standard, valid, fits, help }) => {
    for (;;) {
      const answer = (await lines.ask(`${text} [${standard}]: `)).trim() || standard;
      if (/^(\?|help)$/i.test(answer)) say(help);
      else if (valid(answer)) return answer;
      else say(`answer with ${fits}; Enter takes ${standard}, ? explains`);
    }
  };
  try {
    return await work(ask);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new CommandError(EXIT.interrupted, '\ninterrupted: nothing was written');
  } finally {
    lines.close();
  }
}
