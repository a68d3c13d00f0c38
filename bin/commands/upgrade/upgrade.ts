import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { CommandError } from '../../cli/command-error.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { Terminal } from '../../terminal/terminal.ts';

interface UpgradeArguments extends GlobalArguments {
  readonly file?: string | undefined;
  readonly 'backup-only'?: boolean | undefined;
  readonly 'public-key'?: string | undefined;
  readonly unsigned?: boolean | undefined;
  readonly 'allow-downgrade'?: boolean | undefined;
}

async function backUpOnly(given: UpgradeArguments, terminal: Terminal): Promise<void> {
  const [{ load }, { backUp }] = await Promise.all([
    import('../../cli/load.ts'),
    import('../../host/upgrade/back-up.ts'),
  ]);
  const folder = await backUp((await load(given)).config);
  if (terminal.json) terminal.printJson({ backup: folder });
  else terminal.print(folder);
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
      .option('allow-downgrade', { type: 'boolean', describe: 'Accept a release that is older than this one' })
      .example(
        ...example('upgrade scim-connector-1.1.0-linux-x64.tar.gz', 'verifies, backs up, checks, swaps, restarts'),
      ),
  handler: async (given) => {
    const terminal = new Terminal(given);
    if (given['backup-only']) return backUpOnly(given, terminal);
    const { file, config, unsigned = false, 'allow-downgrade': allowDowngrade = false } = given;
    if (file === undefined) throw new CommandError(EXIT.usage, 'upgrade needs the file of the new release');
    const [{ upgradeTo }, { auditUpgrade }] = await Promise.all([
      import('../../host/upgrade/upgrade.ts'),
      import('./audit-upgrade.ts'),
    ]);
    const done = await upgradeTo(file, { config, publicKey: given['public-key'], unsigned, allowDowngrade }, terminal);
    const { from, to, running } = done;
    await auditUpgrade(given, 'upgrade', { from, to }, terminal);
    if (terminal.json) terminal.printJson(done);
    else terminal.print(`upgraded from ${from} to ${to}${running ? ', and running' : ''}`);
    if (!running) terminal.info('no service runs here: restart whatever runs the connector');
    terminal.info(`back to ${from} with: scim-connector rollback`);
  },
};
