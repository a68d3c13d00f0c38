import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../cli/arguments.ts';
import { SHELL_NAMES, SHELLS, type Shell, shellInUse } from '../cli/completion-script.ts';
import { example } from '../cli/example.ts';
import { Terminal } from '../terminal/terminal.ts';

interface CompletionArguments extends GlobalArguments {
  readonly shell?: Shell | undefined;
}

/** The script asks the program itself: yargs answers `--get-yargs-completions` with the verbs and flags there are. */
export const completion: CommandModule<object, CompletionArguments> = {
  command: 'completion [shell]',
  describe: 'Print a script that completes verbs and flags in bash, zsh or PowerShell',
  builder: (builder: Argv) =>
    builder
      .positional('shell', { choices: SHELL_NAMES, describe: 'Which one; without it the one in use' })
      .example(...example('completion bash >> ~/.bashrc', 'from the next shell on'))
      .example(...example('completion zsh >> ~/.zshrc', 'in zsh, after compinit'))
      .example(...example('completion powershell >> $PROFILE', 'in PowerShell')),
  handler: ({ shell = shellInUse(process.env), ...given }) =>
    new Terminal(given).printDocument('script', SHELLS[shell].trimEnd()),
};
