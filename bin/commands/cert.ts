import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../arguments.ts';
import { Terminal } from '../terminal.ts';

const show: CommandModule<object, GlobalArguments> = {
  command: 'show',
  describe: 'Show the certificate in use, until when and for which names',
  handler: async (given) => {
    const [{ loadAloud }, { showCertificate }] = await Promise.all([import('../load.ts'), import('../certificate.ts')]);
    const terminal = new Terminal(given);
    // Its passphrase may be needed to open the certificate.
    const { config } = await loadAloud(given, terminal);
    await showCertificate(config, terminal);
  },
};

const renew: CommandModule<object, GlobalArguments & { readonly ca?: boolean | undefined }> = {
  command: 'renew',
  describe: 'Make a new certificate now; a running server takes it up within a minute, or at SIGHUP',
  builder: (yargs: Argv) =>
    yargs
      .option('ca', { type: 'boolean', describe: 'Also a new CA, which every agent must then import' })
      .example('$0 cert renew --ca', 'after tls.names has changed'),
  handler: async (given) => {
    const [{ load }, { renewCertificate }] = await Promise.all([import('../load.ts'), import('../certificate.ts')]);
    const { config } = await load(given);
    await renewCertificate(config, given.ca ?? false, new Terminal(given));
  },
};

const exportCa: CommandModule<object, GlobalArguments & { readonly file?: string | undefined }> = {
  command: 'export-ca [file]',
  describe: 'Write the CA that agents must trust, PEM, and how to import it',
  builder: (yargs: Argv) =>
    yargs
      .positional('file', { type: 'string', describe: 'Where to write it instead of stdout' })
      .example('$0 cert export-ca scim-connector-ca.pem', 'a file to copy to the agent'),
  handler: async (given) => {
    const [{ load }, { exportAuthority }] = await Promise.all([import('../load.ts'), import('../certificate.ts')]);
    const { config } = await load(given);
    exportAuthority(config, given.file, new Terminal(given));
  },
};

export const cert: CommandModule<object, GlobalArguments> = {
  command: 'cert <verb>',
  describe: 'Show and renew the TLS certificate, export the CA',
  builder: (yargs: Argv) =>
    yargs
      .command([show, renew, exportCa] as unknown as CommandModule[])
      .demandCommand(1, 'cert needs a verb: show, renew or export-ca'),
  handler: () => undefined,
};
