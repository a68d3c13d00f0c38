import type { Argv, CommandModule } from 'yargs';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { loadApps, type OktaArguments, oktaOptions, styleOf } from './okta-arguments.ts';

export const schema: CommandModule<object, OktaArguments> = {
  command: 'schema',
  describe: "Print the custom attributes to add in Okta's Profile Editor",
  builder: (yargs: Argv) =>
    oktaOptions(yargs).example(...example('okta schema', 'names, namespace and type of each attribute')),
  handler: async (given) => {
    const [{ customRows }, { learntName }, { schemaText }] = await Promise.all([
      import('../../../connector/operations/okta/okta-schema.ts'),
      import('../../../connector/operations/okta/learnt-name.ts'),
      import('../../terminal/okta-text.ts'),
    ]);
    const terminal = new Terminal(given);
    const { config, apps } = await loadApps(given, terminal);
    const tables = apps.map((app) => ({ app: app.name, attributes: customRows(app, learntName(config, app)) }));
    if (terminal.json) {
      terminal.printJson(tables);
      return;
    }
    for (const { app, attributes } of tables)
      if (attributes.length > 0) terminal.print(schemaText(app, attributes, tables.length > 1, styleOf(given)));
      else terminal.info(`app ${app}: no custom attributes; declare them under [apps.${app}.users.custom]`);
  },
};
