import type { Argv, CommandModule } from 'yargs';
import { backendsWith, moduleNamed } from '../../connector/backend/catalogue.ts';
import type { Mapping } from '../../connector/backend/module/mapping.ts';
import type { App } from '../../connector/config/config.ts';
import type { GlobalArguments } from '../cli/arguments.ts';
import { example } from '../cli/example.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { CommandError } from '../cli/failure.ts';
import { shortOptions } from '../cli/setting-flags.ts';
import { Terminal } from '../terminal/terminal.ts';

interface MapArguments extends GlobalArguments {
  readonly app?: string | undefined;
}

interface TestArguments extends MapArguments {
  readonly file?: string | undefined;
  readonly user?: string | undefined;
  readonly group?: string | undefined;
  readonly dn?: string | undefined;
  readonly type?: string | undefined;
}

const shared = <T>(yargs: Argv<T>) =>
  yargs
    .options(shortOptions)
    .option('app', { type: 'string', requiresArg: true, describe: 'Which app, when there are several' });

interface Mapped {
  readonly app: App;
  readonly mapping: Mapping<App>;
}

/** @throws CommandError usage when it is not clear which app is meant, or it keeps people elsewhere */
async function mappedApp(given: MapArguments, terminal: Terminal): Promise<Mapped> {
  const { loadAloud } = await import('../cli/load.ts');
  const { config } = await loadAloud(given, terminal, 'refuse');
  const named = config.apps.filter(({ name }) => (given.app ?? name) === name);
  const mapped = named.flatMap((app): readonly Mapped[] => {
    const { mapping } = moduleNamed(app.backend);
    return mapping ? [{ app, mapping }] : [];
  });
  const [first] = mapped;
  if (!first)
    throw new CommandError(
      EXIT.usage,
      `${given.app === undefined ? 'no app' : `the app "${given.app}" is not one that`} has ${backendsWith('mapping')}; only a directory has a mapping`,
    );
  if (mapped.length > 1)
    throw new CommandError(
      EXIT.usage,
      `--app is needed; with a directory: ${mapped.map(({ app }) => app.name).join(', ')}`,
    );
  return first;
}

const suggest: CommandModule<object, MapArguments> = {
  command: 'suggest',
  describe: 'Print lines for attributes that are in use in the directory and not yet mapped',
  builder: (yargs: Argv) =>
    shared(yargs).example(
      ...example('map suggest --config connector.toml', 'TOML to paste, with shares of the entries'),
    ),
  handler: async (given) => {
    const terminal = new Terminal(given);
    const { app, mapping } = await mappedApp(given, terminal);
    const { surveys, text } = await mapping.suggest(app);
    if (terminal.json) terminal.printJson(surveys);
    else terminal.print(text);
  },
};

async function bodyIn(file: string): Promise<unknown> {
  const { readFileSync } = await import('node:fs');
  // 0 is stdin.
  const text = readFileSync(file === '-' || file === '' ? 0 : file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError(EXIT.usage, `${file}: is no JSON; give a body as Okta sends it`, { cause });
  }
}

const test: CommandModule<object, TestArguments> = {
  command: 'test [file]',
  describe: 'Show what would be written for a SCIM body, or how an entry is shown; writes nothing',
  builder: (yargs: Argv) =>
    shared(yargs)
      .positional('file', { type: 'string', describe: 'A SCIM body, JSON; - reads stdin' })
      .option('user', { type: 'string', requiresArg: true, describe: 'Show this user, by userName' })
      .option('group', { type: 'string', requiresArg: true, describe: 'Show this group, by displayName' })
      .option('dn', { type: 'string', requiresArg: true, describe: 'Show the entry with this DN' })
      .option('type', {
        requiresArg: true,
        choices: ['User', 'Group'],
        default: 'User',
        describe: 'What the body or the entry is',
      })
      .example(...example('map test new-hire.json', 'the LDAP operations, as LDIF'))
      .example(...example('map test --user bjensen', 'the resource that Okta would import')),
  handler: async (given) => {
    const chosen = [given.file, given.user, given.group, given.dn].filter((one) => one !== undefined);
    if (chosen.length !== 1)
      throw new CommandError(EXIT.usage, 'map test needs a file, --user, --group or --dn: one of them');
    const terminal = new Terminal(given);
    const { app, mapping } = await mappedApp(given, terminal);
    const { operationsOf, resourceOf } = await import('../../connector/operations/map/map-test.ts');
    if (given.file === undefined) {
      const typeName = given.group !== undefined || given.type === 'Group' ? 'Group' : 'User';
      const wanted = given.dn === undefined ? { name: given.user ?? given.group ?? '' } : { place: given.dn };
      terminal.printJson(await resourceOf(app, mapping, typeName, wanted));
      return;
    }
    const typeName = given.type === 'Group' ? 'Group' : 'User';
    const outcome = await operationsOf(app, mapping, typeName, await bodyIn(given.file));
    if (terminal.json) terminal.printJson(outcome);
    else {
      const said = outcome.existed ? 'exists: this is what a PUT would do' : 'is new: this is what a POST would do';
      terminal.info(`the ${given.type === 'Group' ? 'group' : 'user'} ${said}; nothing is written`);
      terminal.print(outcome.ldif === '' ? '# nothing would change' : outcome.ldif);
    }
  },
};

export const map: CommandModule<object, GlobalArguments> = {
  command: 'map <verb>',
  describe: 'Suggest and try the mapping between SCIM and an LDAP directory',
  builder: (yargs: Argv) =>
    yargs.command([suggest, test] as unknown as CommandModule[]).demandCommand(1, 'map needs a verb: suggest or test'),
  handler: () => undefined,
};
