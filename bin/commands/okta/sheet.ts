import type { Argv, CommandModule } from 'yargs';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { loadApps, type OktaArguments, oktaOptions, styleOf } from './okta-arguments.ts';

export const sheet: CommandModule<object, OktaArguments> = {
  command: 'sheet',
  describe: 'Print every value to paste in Okta, and how agents come to trust the connector',
  builder: (yargs: Argv) =>
    oktaOptions(yargs)
      .example(...example('okta sheet', 'for the person who configures the app in Okta'))
      .example(...example('okta sheet --app hr --markdown', 'one app, for a ticket')),
  handler: async (given) => {
    const [{ sheetOf }, { sheetText }] = await Promise.all([
      import('../../../connector/operations/okta/okta-sheet.ts'),
      import('../../terminal/okta-text.ts'),
    ]);
    const terminal = new Terminal(given);
    const { config, apps } = await loadApps(given, terminal);
    const sheets = await Promise.all(apps.map((app) => sheetOf(config, app)));
    if (terminal.json) terminal.printJson(sheets);
    else terminal.print(sheets.map((one) => sheetText(one, styleOf(given))).join('\n\n'));
  },
};
