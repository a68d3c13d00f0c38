import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../cli/arguments.ts';
import { example } from '../cli/example.ts';
import { Terminal } from '../terminal/terminal.ts';

const show: CommandModule<object, GlobalArguments> = {
  command: 'show',
  describe: 'Show the certificate in use, until when and for which names',
  builder: (yargs: Argv) =>
    yargs
      .example(...example('cert show', 'names, dates and fingerprints'))
      .example(...example('cert show --json | jq -r .notAfter', 'for monitoring')),
  handler: async (given) => {
    const [{ loadAloud }, { showCertificate }] = await Promise.all([
      import('../cli/load.ts'),
      import('./certificate.ts'),
    ]);
    const terminal = new Terminal(given);
    // Its passphrase may be needed to open the certificate.
    const { config } = await loadAloud(given, terminal);
    await showCertificate(config, terminal);
  },
};

const renew: CommandModule<
  object,
  GlobalArguments & { readonly ca?: boolean | undefined; readonly yes?: boolean | undefined }
> = {
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
    const [{ load }, { renewCertificate }] = await Promise.all([import('../cli/load.ts'), import('./certificate.ts')]);
    const { config } = await load(given);
    await renewCertificate(config, { authority: given.ca ?? false, yes: given.yes ?? false }, new Terminal(given));
  },
};

const exportCa: CommandModule<object, GlobalArguments & { readonly file?: string | undefined }> = {
  command: 'export-ca [file]',
  describe: 'Write the CA that agents must trust, PEM, and how to import it',
  builder: (yargs: Argv) =>
    yargs
      .positional('file', { type: 'string', describe: 'Where to write it instead of stdout' })
      .example(...example('cert export-ca scim-connector-ca.pem', 'a file to copy to the agent')),
  handler: async (given) => {
    const [{ load }, { exportAuthority }] = await Promise.all([import('../cli/load.ts'), import('./certificate.ts')]);
    const { config } = await load(given);
    await exportAuthority(config, given.file, new Terminal(given));
  },
};

export const cert: CommandModule<object, GlobalArguments> = {
  command: 'cert',
  describe: 'Show and renew the TLS certificate, export the CA',
  builder: (yargs: Argv) =>
    yargs
      .command([show, renew, exportCa] as unknown as CommandModule[])
      .demandCommand(1, 'cert needs a verb: show, renew or export-ca'),
  handler: () => undefined,
};
