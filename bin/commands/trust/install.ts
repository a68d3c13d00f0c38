import type { Argv, CommandModule } from 'yargs';
import type { TrustChange } from '../../../connector/operations/trust/install-trust.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { type TrustArguments, trustOptions } from './trust-arguments.ts';

interface InstallArguments extends TrustArguments {
  readonly 'dry-run'?: boolean | undefined;
  readonly yes?: boolean | undefined;
}

/** For programs: without the password and the certificate. */
const shown = ({ store, alias, subject, sha256, backup, keytool }: TrustChange): object => ({
  truststore: store,
  alias,
  subject,
  sha256,
  backup,
  keytool,
});

export const install: CommandModule<GlobalArguments, InstallArguments> = {
  command: 'install',
  describe: "Import our CA into the agent's truststore with its own keytool; the old one is kept beside it",
  builder: (yargs: Argv<GlobalArguments>) =>
    trustOptions(yargs)
      .option('dry-run', { type: 'boolean', describe: 'Say what would be done, and do nothing' })
      .option('yes', { type: 'boolean', describe: 'Do not ask' })
      .example(...example('trust install', 'as root, on a host that has the agent'))
      .example(...example('trust install --dry-run', 'what it would do')),
  handler: async (given) => {
    const [{ subjectOf }, { installTrust, planTrust }, text, { confirm }, { audit, mustBeAudited }, { asOwner }] =
      await Promise.all([
        import('./trust-subject.ts'),
        import('../../../connector/operations/trust/install-trust.ts'),
        import('./trust-text.ts'),
        import('../../terminal/confirm.ts'),
        import('../../cli/audited.ts'),
        import('../../host/service-account.ts'),
      ]);
    const terminal = new Terminal(given);
    const { question, loaded } = await subjectOf(given);
    const { agent } = question;
    const { change, report } = planTrust(question, { sudo: text.installCommand(given), keytool: 'keytool' });
    if (change === undefined) {
      text.printUnchanged({ agent, report }, text.installCommand(given), terminal);
      return;
    }
    const { store, alias, subject, sha256, backup } = change;
    if (given['dry-run']) {
      if (terminal.json) terminal.printJson({ changed: false, ...shown(change) });
      else
        terminal.print(`would import ${subject} into ${store}, alias ${alias}; the old one would be kept as ${backup}`);
      return;
    }
    const stateDir = loaded.config.state_dir;
    await asOwner(stateDir, () => mustBeAudited(loaded));
    await confirm({
      what: `${store} gets the certificate ${subject}, SHA-256 ${sha256}; the old file is kept as ${backup}`,
      question: 'Import it',
      yes: given.yes ?? false,
    });
    const kept = await installTrust(change, question);
    const details = { truststore: store, alias, sha256 };
    await asOwner(stateDir, () => audit(loaded, { action: 'trust install', details }, terminal));
    if (terminal.json) terminal.printJson({ changed: true, ...shown(change), backup: kept });
    else terminal.print(`imported ${subject} into ${store}, alias ${alias}; the old one is ${kept}`);
    text.noteRestart(agent, terminal);
  },
};
