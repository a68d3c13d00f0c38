import { dirname, resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { flagsOf, shortOptions } from '../../cli/setting-flags.ts';
import { Terminal } from '../../terminal/terminal.ts';

interface InitArguments extends GlobalArguments {
  readonly answers?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly 'token-name'?: string | undefined;
  readonly 'token-file'?: string | undefined;
}

/** Loaded when it is asked for: no other command needs it. */
async function initHere(given: InitArguments): Promise<void> {
  const [{ isInstalled, places }, { handOver }, { chooseSettings }, { refuseToOverwrite }, { initialise }, report] =
    await Promise.all([
      import('../../host/installation.ts'),
      import('../../host/hand-over.ts'),
      import('../../../connector/operations/init/choose-settings.ts'),
      import('../../../connector/operations/init/configuration-file.ts'),
      import('../../../connector/operations/init/initialise.ts'),
      import('./init-report.ts'),
    ]);
  const terminal = new Terminal(given);
  const file = resolve(given.config ?? (isInstalled() ? places().configFile : 'connector.toml'));
  if (!given.force) refuseToOverwrite(file);
  // A flag is an answer too: it is laid over what was typed.
  const flags = [...(await answersOf(given, file, terminal)), ...flagsOf(given)];
  const stateDir = isInstalled() ? places().stateDir : resolve(dirname(file), 'connector-data');
  const chosen = await chooseSettings(flags, given.answers, stateDir);
  const credentialFile = given['token-file'] === undefined ? undefined : resolve(given['token-file']);
  const made = await initialise(
    { file, chosen, credentialName: given['token-name'] ?? 'okta', credentialFile, handOver },
    terminal,
  );
  report.reportInit({ ...made, config: chosen.config, file, credentialFile }, terminal);
}

async function answersOf({ yes, answers }: InitArguments, file: string, terminal: Terminal) {
  if (!process.stdin.isTTY || yes || answers !== undefined) return [];
  const { wizard } = await import('./wizard.ts');
  return wizard(file, terminal);
}

export const init: CommandModule<object, InitArguments> = {
  command: 'init',
  describe: 'Write a configuration, make the certificate and the first credential',
  builder: (yargs: Argv) =>
    yargs
      .options(shortOptions)
      .option('answers', {
        type: 'string',
        requiresArg: true,
        describe: 'Take the settings from this file, ask nothing',
      })
      .option('yes', { type: 'boolean', alias: 'y', describe: 'Ask nothing: flags and defaults' })
      .option('force', { type: 'boolean', describe: 'Replace the configuration; the old one is kept as FILE.old' })
      .option('token-name', { type: 'string', requiresArg: true, describe: 'Name of the first credential' })
      .option('token-file', { type: 'string', requiresArg: true, describe: 'Write the credential to this new file' })
      .example(...example('init', 'asks, and proposes'))
      .example(...example('init --yes --server.listen :8443 --tls.names idm01.example', 'silently'))
      .example(...example('init --answers answers.toml --token-file token.txt --json', 'for a script')),
  handler: initHere,
};
