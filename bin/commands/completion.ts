import yargs, { type Argv, type CommandModule } from 'yargs';
import type { GlobalArguments } from '../cli/arguments.ts';
import { example } from '../cli/example.ts';

/** The script asks the program itself: yargs answers `--get-yargs-completions` with the verbs and flags there are. */
export const completion: CommandModule<object, GlobalArguments> = {
  command: 'completion',
  describe: 'Print a script that completes verbs and flags in bash or zsh',
  builder: (builder: Argv) =>
    builder.example(...example('completion >> ~/.bashrc', 'from the next shell on; zsh: >> ~/.zshrc')),
  handler: () => {
    yargs().scriptName('scim-connector').showCompletionScript();
  },
};
