import type { Interviewer } from '../../../connector/backend/module/interview.ts';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { NoAnswer } from '../typed-lines.ts';

const interrupted = (): CommandError => new CommandError(EXIT.interrupted, '\ninterrupted: nothing was written');

async function onPlainTerminal<T>(work: (interviewer: Interviewer) => Promise<T>): Promise<T> {
  const { plainQuestions } = await import('./plain-questions.ts');
  try {
    return await work(plainQuestions());
  } catch (error) {
    throw error instanceof NoAnswer ? interrupted() : error;
  }
}

/** @param work  asks one question after the other @throws CommandError interrupted */
export async function interview<T>(work: (interviewer: Interviewer) => Promise<T>): Promise<T> {
  if (process.env['TERM'] === 'dumb') return onPlainTerminal(work);
  const [{ Keyboard }, { prompts }] = await Promise.all([import('./keyboard.ts'), import('./prompts.ts')]);
  const keyboard = new Keyboard();
  try {
    return await work(prompts(keyboard));
  } catch (error) {
    throw keyboard.signal.aborted ? interrupted() : error;
  } finally {
    keyboard.close();
  }
}
