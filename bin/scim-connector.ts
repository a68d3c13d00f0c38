#!/usr/bin/env node
import { cli, isVerb } from './cli/cli.ts';
import { endingOf } from './cli/ending.ts';
import { EXIT } from './cli/exit-codes.ts';
import { unfitNode } from './host/needed-node.ts';
import { widthOf, wrap } from './terminal/line-width.ts';

/** Column at which help is wrapped when it goes to a file. */
const PAGE_WIDTH = 80;

function report(error: unknown, words: readonly string[]): void {
  const { exitCode, message, isBug } = endingOf(error);
  process.stderr.write(`${wrap(message, widthOf(process.stderr))}\n`);
  if ((isBug || words.includes('--verbose')) && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exitCode = exitCode;
}

/** `help serve` and `serve -h` ask what `serve --help` does, and no word at all what there is. `help quickstart` is a verb. */
const meant = (words: readonly string[]): readonly string[] => {
  const [first, second] = words;
  const isAsked = first === undefined || (first === 'help' && (second === undefined || isVerb(second)));
  return isAsked ? [...words.slice(1), '--help'] : words.map((word) => (word === '-h' ? '--help' : word));
};

async function main(words: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `| head` has read enough: that is no failure.
    if (error.code === 'EPIPE') process.exit(0);
    report(error, words);
    process.exit();
  });
  // Nobody is left to tell, and that ends nothing: the server goes on when its terminal or log reader is gone.
  process.stderr.on('error', () => undefined);
  if (words.some((word) => word === '--no-color' || word === '--color=false')) process.env['NO_COLOR'] = '1';
  const unfit = unfitNode();
  if (unfit !== undefined) {
    process.stderr.write(`${unfit}\n`);
    process.exitCode = EXIT.usage;
    return;
  }
  try {
    await cli(meant(words), Math.min(process.stdout.columns ?? PAGE_WIDTH, 120)).parseAsync();
    if (words.length === 0) process.exitCode = EXIT.usage;
  } catch (error) {
    report(error, words);
  }
}

void main(process.argv.slice(2));
