import type { Argv, CommandModule } from 'yargs';
import { catalogue, moduleNamed } from '../../connector/backend/catalogue.ts';
import type { Transfer } from '../../connector/backend/module/transfer.ts';
import type { App } from '../../connector/config/config.ts';
import type { LeftOut } from '../../connector/operations/transfer/left-out.ts';
import type { GlobalArguments } from '../cli/arguments.ts';
import { example } from '../cli/example.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { CommandError } from '../cli/failure.ts';
import { shortOptionsOf } from '../cli/setting-flags.ts';
import { counted, Terminal } from '../terminal/terminal.ts';

interface DataArguments extends GlobalArguments {
  readonly app?: string | undefined;
}

interface FileArguments extends DataArguments {
  readonly file?: string | undefined;
  readonly format?: string | undefined;
  readonly type?: string | undefined;
  readonly 'with-password-hashes'?: boolean | undefined;
  readonly 'dry-run'?: boolean | undefined;
}

/** The backends whose stores this command copies. */
const copied = catalogue.filter(({ transfer }) => transfer);
const STORES = copied.map(({ transfer }) => transfer?.what).join(' or ');

const storeOptions = Object.assign({}, ...copied.map(shortOptionsOf));

const shared = (yargs: Argv): Argv =>
  yargs
    .options(storeOptions)
    .option('app', { type: 'string', requiresArg: true, describe: 'Which app, when there are several' });

const formats = (yargs: Argv): Argv =>
  shared(yargs)
    .option('format', { requiresArg: true, choices: ['jsonl', 'csv'], describe: 'By the name of the file, else jsonl' })
    .option('type', {
      requiresArg: true,
      choices: ['User', 'Group'],
      default: 'User',
      describe: 'What a CSV file holds',
    })
    .option('with-password-hashes', {
      type: 'boolean',
      describe: 'Also the hashes of passwords; keep such a file safe',
    });

/** `-` and, since yargs makes that of it, the empty text: the standard stream. */
const named = (file: string | undefined): string | undefined => (file === '-' || file === '' ? undefined : file);

interface Stored {
  readonly app: App;
  readonly store: Transfer<App>;
}

/** @throws CommandError usage when it is not clear which app is meant, or other tools copy its store */
async function storedApp(given: DataArguments): Promise<Stored> {
  const { load } = await import('../cli/load.ts');
  const { config } = await load(given);
  const names = config.apps.map(({ name }) => name).join(', ');
  const app = given.app === undefined ? config.apps[0] : config.apps.find(({ name }) => name === given.app);
  if (!app) throw new CommandError(EXIT.usage, `--app: there is no app "${given.app}"; configured: ${names}`);
  if (given.app === undefined && config.apps.length > 1)
    throw new CommandError(EXIT.usage, `--app is needed; configured: ${names}`);
  const { transfer: store, place, tools = 'other tools' } = moduleNamed(app.backend);
  if (!store)
    throw new CommandError(
      EXIT.usage,
      `the app ${app.name} keeps people in ${place}, and "data" works on ${STORES} alone; use ${tools}`,
    );
  return { app, store };
}

const backup: CommandModule<
  object,
  DataArguments & { readonly target: string; readonly overwrite?: boolean | undefined }
> = {
  command: 'backup <target>',
  describe: 'Copy the database into one file, also while the server runs',
  builder: (yargs: Argv) =>
    shared(yargs)
      .positional('target', { type: 'string', demandOption: true, describe: 'The file to write' })
      .option('overwrite', { type: 'boolean', describe: 'Replace the file if it exists' })
      .example(...example('data backup people-2026-11-25.db', 'a file that needs no others beside it')),
  handler: async (given) => {
    const { app, store } = await storedApp(given);
    const terminal = new Terminal(given);
    const bytes = await store.backUp(app, given.target, { overwrite: given.overwrite ?? false });
    if (terminal.json) terminal.printJson({ file: given.target, bytes });
    else terminal.info(`copied ${store.file(app)} to ${given.target}, ${bytes} bytes`);
  },
};

const restore: CommandModule<object, DataArguments & { readonly source: string; readonly yes?: boolean | undefined }> =
  {
    command: 'restore <source>',
    describe: 'Put a backup in the place of the database; stop the server first',
    builder: (yargs: Argv) =>
      shared(yargs)
        .positional('source', { type: 'string', demandOption: true, describe: 'A file made by "data backup"' })
        .option('yes', { type: 'boolean', describe: 'Replace a database that has content' })
        .example(...example('data restore people-2026-11-25.db --yes', 'what is in the database now is lost')),
    handler: async (given) => {
      const [{ app, store }, { existsSync }] = await Promise.all([storedApp(given), import('node:fs')]);
      const file = store.file(app);
      if (existsSync(file) && !given.yes) {
        throw new CommandError(
          EXIT.usage,
          `${file} exists and would be replaced: add --yes, and make a backup of it first`,
        );
      }
      await store.restore(app, given.source);
      const terminal = new Terminal(given);
      if (terminal.json) terminal.printJson({ file, source: given.source });
      else terminal.info(`restored ${file} from ${given.source}`);
    },
  };

const exportData: CommandModule<object, FileArguments> = {
  command: 'export [file]',
  describe: 'Write users and groups as JSON lines or CSV, also while the server runs',
  builder: (yargs: Argv) =>
    formats(yargs)
      .positional('file', { type: 'string', describe: 'A new file; stdout without it' })
      .example(...example('data export people.jsonl', 'everything, for "data import"'))
      .example(...example('data export people.csv', 'users as a table; values that do not fit one are left out')),
  handler: async (given) => {
    const [{ app, store }, { exportTo }, { formatOf }] = await Promise.all([
      storedApp(given),
      import('../../connector/operations/transfer/transfer.ts'),
      import('../../connector/operations/transfer/formats.ts'),
    ]);
    const terminal = new Terminal(given);
    const format = formatOf(given.file, given.format);
    const file = named(given.file);
    const { resources, leftOut } = await exportTo(app, store, file, {
      format,
      type: given.type === 'Group' ? 'Group' : 'User',
      passwordHashes: given['with-password-hashes'] ?? false,
      showProgress: false,
    });
    const noun = format === 'csv' ? String(given.type).toLowerCase() : 'resource';
    if (leftOut.length > 0) terminal.warn(leftOutText(leftOut, noun, app.name));
    if (terminal.json && file !== undefined) terminal.printJson({ file, resources, leftOut });
    else terminal.info(`exported ${counted(resources, noun)}`);
  },
};

function leftOutText(leftOut: readonly LeftOut[], noun: string, app: string): string {
  const names = leftOut.map(({ attribute, resources }) => `${attribute} (${counted(resources, noun)})`).join(', ');
  const declare = leftOut.some(({ attribute }) => attribute.startsWith('urn:okta:'))
    ? ` A custom attribute has a column when it is declared under [apps.${app}.${noun}s.custom]`
    : '';
  return `left out of the CSV: ${names}. JSON lines keep everything: --format jsonl.${declare}`;
}

const importData: CommandModule<object, FileArguments> = {
  command: 'import <file>',
  describe: 'Read users and groups, all or nothing; stop the server first',
  builder: (yargs: Argv) =>
    formats(yargs)
      .positional('file', { type: 'string', demandOption: true, describe: 'JSON lines or CSV; - reads stdin' })
      .option('dry-run', { type: 'boolean', describe: 'Check the file and change nothing' })
      .example(...example('data import people.csv --dry-run', 'every problem with its line'))
      .example(...example('data import people.jsonl', 'ids are kept when they are free')),
  handler: async (given) => {
    const [{ app, store }, transfer, { formatOf }] = await Promise.all([
      storedApp(given),
      import('../../connector/operations/transfer/transfer.ts'),
      import('../../connector/operations/transfer/formats.ts'),
    ]);
    const terminal = new Terminal(given);
    const file = named(given.file) ?? '-';
    const options = {
      format: formatOf(file, given.format),
      type: given.type === 'Group' ? ('Group' as const) : ('User' as const),
      passwordHashes: given['with-password-hashes'] ?? false,
      showProgress: process.stderr.isTTY === true && given.quiet !== true,
    };
    if (given['dry-run']) {
      const count = await transfer.checkFile(app, file, options);
      if (terminal.json) terminal.printJson({ resources: count });
      else terminal.info(`${counted(count, 'resource')} can be read; nothing was written`);
      return;
    }
    const interrupted = new AbortController();
    process.once('SIGINT', () => interrupted.abort());
    process.once('SIGTERM', () => interrupted.abort());
    try {
      const imported = await transfer.importFrom(app, store, file, options, interrupted.signal);
      if (terminal.json) terminal.printJson(imported);
      else {
        const { users, groups, memberships, renumbered } = imported;
        const again = renumbered > 0 ? `; ${renumbered} got another id` : '';
        const counts = [counted(users, 'user'), counted(groups, 'group'), counted(memberships, 'membership')];
        terminal.info(`imported ${counts.join(', ')}${again}`);
      }
    } catch (error) {
      if (interrupted.signal.aborted) throw new CommandError(EXIT.interrupted, 'interrupted; nothing was written');
      throw error;
    }
  },
};

export const data: CommandModule<object, GlobalArguments> = {
  command: 'data',
  describe: `Back up, restore, export and import ${STORES}`,
  builder: (yargs: Argv) =>
    yargs
      .command([backup, restore, exportData, importData] as unknown as CommandModule[])
      .demandCommand(1, 'data needs a verb: backup, restore, export or import'),
  handler: () => undefined,
};
