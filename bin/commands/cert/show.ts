import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

export const show: CommandModule<object, GlobalArguments> = {
  command: 'show',
  describe: 'Show the certificate in use, until when and for which names',
  builder: (yargs: Argv) =>
    yargs
      .example(...example('cert show', 'names, dates and fingerprints'))
      .example(...example('cert show --json | jq -r .notAfter', 'for monitoring')),
  handler: async (given) => {
    const [{ loadAloud }, { certificateInUse }, { printCertificate }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../../connector/operations/certificate/certificate-in-use.ts'),
      import('./certificate-text.ts'),
    ]);
    const terminal = new Terminal(given);
    // Its passphrase may be needed to open the certificate.
    const { config } = await loadAloud(given, terminal);
    printCertificate(await certificateInUse(config, terminal), terminal);
    if (config.server.http) terminal.info('It is not served: server.http is on.');
  },
};
