import { dirname } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import type { LeftOut } from '../../../connector/operations/transfer/left-out.ts';
import { type NamedOutput, withOutput } from '../../../connector/state/named-output.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { counted } from '../../terminal/wording.ts';
import { storedApp } from './stored-app.ts';
import { namedFile, type TransferArguments, transferOptions } from './transfer-arguments.ts';

function leftOutText(leftOut: readonly LeftOut[], noun: string, app: string): string {
  const names = leftOut.map(({ attribute, resources }) => `${attribute} (${counted(resources, noun)})`).join(', ');
  const declare = leftOut.some(({ attribute }) => attribute.startsWith('urn:okta:'))
    ? ` A custom attribute has a column when it is declared under [apps.${app}.${noun}s.custom]`
    : '';
  return `left out of the CSV: ${names}. JSON lines keep everything: --format jsonl.${declare}`;
}

interface ExportArguments extends TransferArguments {
  readonly file?: string | undefined;
}

async function exportTo(given: ExportArguments, output?: NamedOutput): Promise<void> {
  const [stored, { audit, mustBeAudited }, { exportResources }, { formatOf }, { toFile, toStdout }] = await Promise.all(
    [
      storedApp(given),
      import('../../cli/audited.ts'),
      import('../../../connector/operations/transfer/export.ts'),
      import('../../../connector/operations/transfer/format.ts'),
      import('./output.ts'),
    ],
  );
  const { app, store } = stored;
  const { type } = given;
  const format = formatOf(given.file, given.format);
  await mustBeAudited(stored.loaded);
  const { resources, leftOut } = await exportResources(
    stored,
    {
      format,
      type,
      passwordHashes: given['with-password-hashes'] ?? false,
      escapeFormulas: given['escape-formulas'],
    },
    output ? toFile(output, store.file ? dirname(store.file.path(app)) : stored.loaded.config.state_dir) : toStdout,
  );
  const terminal = new Terminal(given);
  const hashes = given['with-password-hashes'] ?? false;
  const details = { file: given.file ?? 'stdout', resources, password_hashes: hashes };
  await audit(stored.loaded, { action: 'data export', app: app.name, details }, terminal);
  const noun = format === 'csv' ? type.toLowerCase() : 'resource';
  if (leftOut.length > 0) terminal.warn(leftOutText(leftOut, noun, app.name));
  if (terminal.json && output) terminal.printJson({ file: given.file, resources, leftOut });
  else terminal.info(`exported ${counted(resources, noun)}`);
}

export const exportData: CommandModule<object, ExportArguments> = {
  command: 'export [file]',
  describe: 'Write users and groups as JSON lines or CSV, also while the server runs',
  builder: (yargs: Argv) =>
    transferOptions(yargs)
      .positional('file', { type: 'string', describe: 'A new file; stdout without it' })
      .example(...example('data export people.jsonl', 'everything, for "data import"'))
      .example(...example('data export people.csv', 'users as a table; values that do not fit one are left out')),
  handler: async (given) => {
    const file = namedFile(given.file);
    // For its owner alone: it holds people.
    if (file === undefined) await exportTo(given);
    else await withOutput(file, {}, (output) => exportTo(given, output));
  },
};
