import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

interface ExportArguments extends GlobalArguments {
  readonly file?: string | undefined;
}

/** Not by way of a second file: it may be a pipe or a device. */
function writeText(file: string, text: string): void {
  const existed = existsSync(file);
  try {
    writeFileSync(file, text);
  } catch (error) {
    if (!existed) rmSync(file, { force: true });
    throw error;
  }
}

export const exportCa: CommandModule<object, ExportArguments> = {
  command: 'export-ca [file]',
  describe: 'Write the CA that agents must trust, PEM, and how to import it',
  builder: (yargs: Argv) =>
    yargs
      .positional('file', { type: 'string', describe: 'Where to write it instead of stdout' })
      .example(...example('cert export-ca scim-connector-ca.pem', 'a file to copy to the agent')),
  handler: async (given) => {
    const [{ load }, { authorityInUse }, { keytoolCommands }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../../connector/operations/certificate/certificate-in-use.ts'),
      import('../../../connector/tls/keytool.ts'),
    ]);
    const terminal = new Terminal(given);
    const authority = await authorityInUse((await load(given)).config);
    const { file } = given;
    if (file !== undefined) writeText(file, authority.pem);
    const keytool = keytoolCommands({
      caFile: file === undefined ? 'ca.pem' : resolve(file),
      alias: authority.alias,
    });
    if (terminal.json) terminal.printJson({ ...authority, file: file ?? authority.file, keytool });
    else if (file === undefined) terminal.print(authority.pem.trimEnd());
    if (file !== undefined) terminal.info(`wrote ${resolve(file)}`);
    terminal.info(`SHA-256 fingerprint: ${authority.fingerprint256}`);
    terminal.noteCommands('On a Linux agent:', keytool.linux);
    terminal.noteCommands('On a Windows agent, elevated prompt:', keytool.windows);
  },
};
