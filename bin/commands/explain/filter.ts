import type { Argv, CommandModule } from 'yargs';
import type { TypeName } from '../../../connector/scim/schema/resource-type.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { typeOption } from '../../cli/resource-type.ts';
import { shortOptions } from '../../cli/setting-flags.ts';
import { Terminal } from '../../terminal/terminal.ts';

interface FilterArguments extends GlobalArguments {
  readonly filter: string;
  readonly app?: string | undefined;
  readonly type: TypeName;
}

export const filter: CommandModule<object, FilterArguments> = {
  command: 'filter <filter>',
  describe: 'Show what the database or directory is asked for a SCIM filter, by which index, and what it costs',
  builder: (yargs: Argv) =>
    yargs
      .options(shortOptions)
      .positional('filter', { type: 'string', demandOption: true, describe: 'As Okta sends it, in quotes' })
      .option('app', { type: 'string', requiresArg: true, describe: 'Which app, when there are several' })
      .option('type', typeOption('Whom it looks for'))
      .example(...example(`explain filter 'userName eq "bjensen"'`, 'what Okta asks before it creates somebody'))
      .example(...example(`explain filter 'emails[type eq "work"].value eq "ana@x.org"'`, 'what Entra asks'))
      .example(...example(`explain filter --type Group 'displayName co "sales"' --json`, 'for a script')),
  handler: async ({ filter: text, type, ...given }) => {
    const terminal = new Terminal(given);
    const [{ loadAloud }, { chosenApps, onlyApp }, { explainFilter }, { filterText }, { widthOf }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../cli/chosen-app.ts'),
      import('../../../connector/operations/explain-filter/explain-filter.ts'),
      import('../../terminal/filter-text.ts'),
      import('../../terminal/line-width.ts'),
    ]);
    const { config } = await loadAloud(given, terminal, 'refuse');
    const app = onlyApp(chosenApps(config, given.app), 'configured');
    const explained = await explainFilter(config, app, type, text);
    if (terminal.json) terminal.printJson(explained);
    else terminal.print(filterText(explained, widthOf(process.stdout), given.verbose ?? false));
  },
};
