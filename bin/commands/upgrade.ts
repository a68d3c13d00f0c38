import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../cli/arguments.ts';
import { example } from '../cli/example.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { CommandError } from '../cli/failure.ts';
import { Terminal } from '../terminal/terminal.ts';

interface UpgradeArguments extends GlobalArguments {
  readonly file?: string | undefined;
  readonly 'backup-only'?: boolean | undefined;
  readonly 'public-key'?: string | undefined;
  readonly unsigned?: boolean | undefined;
}

export const upgrade: CommandModule<object, UpgradeArguments> = {
  command: 'upgrade [file]',
  describe: 'Replace this executable by a newer one; goes back by itself when that does not work',
  builder: (yargs: Argv) =>
    yargs
      .positional('file', { type: 'string', describe: 'The .tar.gz of the release, with SHA256SUMS beside it' })
      .option('backup-only', { type: 'boolean', describe: 'Only back up configuration and data; prints the folder' })
      .option('public-key', { type: 'string', requiresArg: true, describe: "The releaser's minisign key, or its file" })
      .option('unsigned', { type: 'boolean', describe: 'Accept a release without signature; the checksum must fit' })
      .example(
        ...example('upgrade scim-connector-1.1.0-linux-x64.tar.gz', 'verifies, backs up, checks, swaps, restarts'),
      ),
  handler: async (given) => {
    const terminal = new Terminal(given);
    if (given['backup-only']) {
      const [{ load }, { backUp }] = await Promise.all([
        import('../cli/load.ts'),
        import('../host/upgrade/back-up.ts'),
      ]);
      const folder = await backUp((await load(given)).config);
      if (terminal.json) terminal.printJson({ backup: folder });
      else terminal.print(folder);
      return;
    }
    const { file, config } = given;
    if (file === undefined) throw new CommandError(EXIT.usage, 'upgrade needs the file of the new release');
    const { upgrade: run } = await import('../host/upgrade/upgrade.ts');
    await run(file, { config, 'public-key': given['public-key'], unsigned: given.unsigned ?? false }, terminal);
  },
};

export const rollback: CommandModule<object, GlobalArguments> = {
  command: 'rollback',
  describe: 'Go back to the executable before the last upgrade',
  builder: (yargs: Argv) => yargs.example(...example('rollback', 'data written since then stays')),
  handler: async (given) => {
    const { rollback: run } = await import('../host/upgrade/upgrade.ts');
    await run({ config: given.config }, new Terminal(given));
  },
};
