import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import type { Additions } from '../../../connector/operations/init/add-to-state.ts';
import type { Chosen } from '../../../connector/operations/init/choose-settings.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { flagsOf, shortOptions } from '../../cli/setting-flags.ts';
import { Terminal } from '../../terminal/terminal.ts';
import type { Starter } from './service-choice.ts';

interface InitArguments extends GlobalArguments {
  readonly answers?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly 'token-name'?: string | undefined;
  readonly 'token-file'?: string | undefined;
}

/** Loaded when it is asked for: no other command needs it. */
async function initHere(given: InitArguments): Promise<void> {
  const [{ isInstalled, places }, { handOver }, { initialise }, report, { uninterrupted }] = await Promise.all([
    import('../../host/installation.ts'),
    import('../../host/hand-over.ts'),
    import('../../../connector/operations/init/initialise.ts'),
    import('./init-report.ts'),
    import('../../host/uninterrupted.ts'),
  ]);
  const terminal = new Terminal(given);
  const file = resolve(given.config ?? (isInstalled() ? places().configFile : 'connector.toml'));
  const stateDir = isInstalled() ? places().stateDir : resolve(dirname(file), 'connector-data');
  const { chosen, additions, starter } = await chosenBy(given, file, stateDir, terminal);
  const credentialFile = given['token-file'] === undefined ? undefined : resolve(given['token-file']);
  const wanted = { file, chosen, additions, credentialName: given['token-name'] ?? 'okta', credentialFile, handOver };
  const former = additions === undefined || !existsSync(file) ? undefined : readFileSync(file, 'utf8');
  const made = await uninterrupted(() => initialise(wanted, terminal));
  await report.reportInit({ ...made, config: chosen.config, file, credentialFile }, terminal);
  if (additions === undefined || terminal.json) return;
  if (former !== undefined && former !== chosen.text) terminal.info(`The former configuration is kept as ${file}.old.`);
  const refused = await starter?.start();
  if (refused !== undefined) terminal.warn(`the service is not started: ${refused}`);
  const { showWhatIsThere } = await import('./after-writing.ts');
  await showWhatIsThere(file, made.credentials, terminal);
}

interface Choice {
  readonly chosen: Chosen;
  /** Undefined where nobody was asked. */
  readonly additions?: Additions;
  readonly starter?: Starter;
}

async function chosenBy(given: InitArguments, file: string, stateDir: string, terminal: Terminal): Promise<Choice> {
  const { yes, answers, force = false } = given;
  const flags = [...flagsOf(given)];
  if (!process.stdin.isTTY || yes || answers !== undefined) {
    const [{ chooseSettings }, { refuseToOverwrite }] = await Promise.all([
      import('../../../connector/operations/init/choose-settings.ts'),
      import('../../../connector/operations/init/configuration-file.ts'),
    ]);
    if (!force) refuseToOverwrite(file);
    return { chosen: await chooseSettings(flags, answers, stateDir) };
  }
  const [{ wizard }, { keyFor }, { starter }] = await Promise.all([
    import('./wizard.ts'),
    import('./present-config.ts'),
    import('./service-choice.ts'),
  ]);
  const { chosen, startsService, ...store } = await wizard({ file, stateDir, anew: force, flags }, terminal);
  const additions = { ...store, secretKey: keyFor(file) };
  return { chosen, additions, ...(startsService ? { starter: starter() } : {}) };
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
