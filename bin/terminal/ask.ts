import { CommandError } from '../cli/command-error.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { NoAnswer, TypedLines } from './typed-lines.ts';

/** Asks until the answer is `valid`; Enter takes the `standard` one. */
export type Ask = (question: string, standard: string, valid: (answer: string) => boolean) => Promise<string>;

/** @param work  asks one question after the other @throws CommandError interrupted */
export async function asking<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
  const lines = new TypedLines();
  const ask: Ask = async (question, standard, valid) => {
    for (;;) {
      const answer = (await lines.ask(`${question} [${standard}]: `)).trim() || standard;
      if (valid(answer)) return answer;
      process.stderr.write(`  that does not fit; Enter takes ${standard}\n`);
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
