/** How a build that takes minutes shows where it is, and how it ends. */
import { Refusal } from './tools.ts';

/** One line for each step, before it begins. */
export function step(text: string): void {
  process.stderr.write(`${text} …\n`);
}

/** Runs a build. What the person who started it can mend is told without a stack. */
export async function build(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
