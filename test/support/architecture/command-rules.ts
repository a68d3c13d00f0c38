import type { Rule } from './store-rules.ts';

const FAILURE = ['bin/cli/exit-codes.ts', 'bin/cli/command-error.ts'];

/** The command line, from the ground up too: how it ends, what it says and where it runs, what it understands, its verbs. */
export const COMMAND_RULES: readonly Rule[] = [
  ['bin/cli/exit-codes.ts', []],
  ['bin/cli/command-error.ts', ['bin/cli/exit-codes.ts']],
  ['bin/cli/version.ts', ['package.json']],
  ['bin/terminal/', [...FAILURE, 'connector/', '@inquirer/prompts', 'cli-progress', 'marked', 'string-width']],
  ['bin/host/', [...FAILURE, 'bin/cli/version.ts', 'connector/']],
  ['bin/cli/cli.ts', ['bin/cli/', 'bin/commands/', 'yargs']],
  ['bin/cli/', ['bin/host/', 'bin/terminal/', 'connector/', 'yargs']],
  ['bin/commands/', ['bin/cli/', 'bin/host/', 'bin/terminal/', 'connector/', 'yargs']],
  ['bin/', ['bin/cli/', 'bin/terminal/']],
];
