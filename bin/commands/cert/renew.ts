import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

interface RenewArguments extends GlobalArguments {
  readonly ca?: boolean | undefined;
  readonly yes?: boolean | undefined;
}

/** Said before and after a new CA. */
const LOCKS_OUT = 'a new CA locks out all agents until they have imported it';

export const renew: CommandModule<object, RenewArguments> = {
  command: 'renew',
  describe: 'Make a new certificate now; a running server takes it up within a minute, or at SIGHUP',
  builder: (yargs: Argv) =>
    yargs
      .option('ca', {
        type: 'boolean',
        describe: 'Also a new CA: agents refuse the connector until they have imported it',
      })
      .option('yes', { type: 'boolean', describe: 'With --ca: do not ask' })
      .example(...example('cert renew', 'nothing to do on the agents'))
      .example(...example('cert renew --ca', 'after tls.names has changed; every agent must import the new CA'))
      .example(...example('cert renew --ca --yes --quiet', 'in a script')),
  handler: async (given) => {
    const [
      { load },
      { audit, mustBeAudited },
      { hasTrustedAuthority, renewCertificate },
      { printCertificate },
      { confirm },
    ] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../cli/audited.ts'),
      import('../../../connector/operations/certificate/renew-certificate.ts'),
      import('./certificate-text.ts'),
      import('../../terminal/confirm.ts'),
    ]);
    const terminal = new Terminal(given);
    const loaded = await load(given);
    const { config } = loaded;
    await mustBeAudited(loaded);
    const authority = given.ca ?? false;
    const replaces = authority && hasTrustedAuthority(config);
    if (replaces) await confirm({ what: LOCKS_OUT, question: 'Make a new CA', yes: given.yes ?? false });
    const renewed = await renewCertificate(config, { authority }, terminal);
    await audit(loaded, { action: 'cert renew', details: { ca: authority } }, terminal);
    printCertificate(renewed, terminal);
    if (replaces) terminal.warn(`${LOCKS_OUT}: run "cert export-ca FILE" and, on each of them, what it prints`);
  },
};
