import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../cli/arguments.ts';
import { example } from '../cli/example.ts';
import { shortOptions } from '../cli/setting-flags.ts';
import { Terminal } from '../terminal/terminal.ts';

interface OktaArguments extends GlobalArguments {
  readonly app?: string | undefined;
  readonly markdown?: boolean | undefined;
}

const oktaOptions = <T>(yargs: Argv<T>) =>
  yargs
    .options(shortOptions)
    .option('app', { type: 'string', requiresArg: true, describe: 'Only this app of the configuration' })
    .option('markdown', { type: 'boolean', describe: 'Print Markdown, for a ticket or a wiki' });

const prepare = async (given: OktaArguments) => {
  const [{ loadAloud }, okta, text] = await Promise.all([
    import('../cli/load.ts'),
    import('../../connector/operations/okta/okta.ts'),
    import('../terminal/okta-text.ts'),
  ]);
  const terminal = new Terminal(given);
  const { config } = await loadAloud(given, terminal);
  const style: 'markdown' | 'text' = given.markdown ? 'markdown' : 'text';
  return { config, apps: okta.chosenApps(config, given.app), terminal, okta, text, style };
};

const sheet: CommandModule<object, OktaArguments> = {
  command: 'sheet',
  describe: 'Print every value to paste in Okta, and how agents come to trust the connector',
  builder: (yargs: Argv) =>
    oktaOptions(yargs)
      .example(...example('okta sheet', 'for the person who configures the app in Okta'))
      .example(...example('okta sheet --app hr --markdown', 'one app, for a ticket')),
  handler: async (given) => {
    const { config, apps, terminal, okta, text, style } = await prepare(given);
    const sheets = await Promise.all(apps.map((app) => okta.sheetOf(config, app)));
    if (terminal.json) terminal.printJson(sheets);
    else terminal.print(sheets.map((one) => text.sheetText(one, style)).join('\n\n'));
  },
};

const schema: CommandModule<object, OktaArguments> = {
  command: 'schema',
  describe: "Print the custom attributes to add in Okta's Profile Editor",
  builder: (yargs: Argv) =>
    oktaOptions(yargs).example(...example('okta schema', 'names, namespace and type of each attribute')),
  handler: async (given) => {
    const [{ apps, terminal, text, style }, { customRows }] = await Promise.all([
      prepare(given),
      import('../../connector/operations/okta/okta-schema.ts'),
    ]);
    const tables = apps.map((app) => ({ app: app.name, attributes: customRows(app) }));
    if (terminal.json) terminal.printJson(tables);
    else
      for (const { app, attributes } of tables) {
        if (attributes.length > 0) terminal.print(text.customTable(attributes, style));
        else terminal.note(`app ${app}: no custom attributes; declare them under [apps.${app}.users.custom]`);
      }
  },
};

const capabilities: CommandModule<object, OktaArguments> = {
  command: 'capabilities',
  describe: 'Print what Okta may offer, and why each is on or off',
  builder: (yargs: Argv) =>
    oktaOptions(yargs).example(...example('okta capabilities', 'ten capabilities with reasons')),
  handler: async (given) => {
    const { config, apps, terminal, okta, text, style } = await prepare(given);
    const offered = await Promise.all(
      apps.map(async (app) => ({ app: app.name, capabilities: await okta.capabilitiesOf(config, app) })),
    );
    if (terminal.json) terminal.printJson(offered);
    else
      for (const { app, capabilities: own } of offered) {
        if (offered.length > 1) terminal.print(`App ${app}`);
        terminal.print(text.capabilityTable(own, style));
      }
  },
};

export const okta: CommandModule<object, GlobalArguments> = {
  command: 'okta',
  describe: 'Print what to enter in Okta',
  builder: (yargs: Argv) =>
    yargs
      .command([sheet, schema, capabilities] as unknown as CommandModule[])
      .demandCommand(1, 'okta needs a verb: sheet, schema or capabilities'),
  handler: () => undefined,
};
