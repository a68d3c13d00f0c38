import { resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { type NamedOutput, withOutput } from '../../../connector/state/named-output.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

interface ExportArguments extends GlobalArguments {
  readonly file?: string | undefined;
}

async function exportTo(given: ExportArguments, output?: NamedOutput): Promise<void> {
  const [{ load }, { authorityInUse }, { keytoolCommands }] = await Promise.all([
    import('../../cli/load.ts'),
    import('../../../connector/operations/certificate/certificate-in-use.ts'),
    import('../../../connector/tls/keytool.ts'),
  ]);
  const terminal = new Terminal(given);
  const authority = await authorityInUse((await load(given)).config);
  const { file } = given;
  output?.write(authority.pem);
  const keytool = keytoolCommands({
    caFile: file === undefined ? 'ca.pem' : resolve(file),
    alias: authority.alias,
  });
  if (terminal.json) terminal.printJson({ ...authority, file: file ?? authority.file, keytool });
  else if (file === undefined) terminal.print(authority.pem.trimEnd());
  if (file !== undefined) terminal.info(`wrote ${resolve(file)}`);
  terminal.info(`SHA-256 fingerprint: ${authority.fingerprint256}`);
  terminal.noteCommands('On a Linux agent, with the path that the file has there:', keytool.linux);
  terminal.noteCommands('On a Windows agent, elevated prompt, with the path that the file has there:', keytool.windows);
}

export const exportCa: CommandModule<object, ExportArguments> = {
  command: 'export-ca [file]',
  describe: 'Write the CA that agents must trust, PEM, and how to import it',
  builder: (yargs: Argv) =>
    yargs
      .positional('file', { type: 'string', describe: 'Where to write it instead of stdout' })
      .example(...example('cert export-ca scim-connector-ca.pem', 'a file to copy to the agent')),
  handler: async (given) => {
    if (given.file === undefined) await exportTo(given);
    // The certificate is no secret: who copies it to the agent shall be able to read it.
    else await withOutput(given.file, { overwrite: true, mode: 0o644 }, (output) => exportTo(given, output));
  },
};
