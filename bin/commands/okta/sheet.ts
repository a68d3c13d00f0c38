import type { Argv, CommandModule } from 'yargs';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { loadApps, type OktaArguments, oktaOptions, styleOf } from './okta-arguments.ts';

interface SheetArguments extends OktaArguments {
  readonly html?: boolean | undefined;
}

export const sheet: CommandModule<object, SheetArguments> = {
  command: 'sheet',
  describe: 'Print every value to paste in Okta, and how agents come to trust the connector',
  builder: (yargs: Argv) =>
    oktaOptions(yargs)
      .option('html', { type: 'boolean', conflicts: 'markdown', describe: 'Print a page for a browser, to be printed' })
      .example(...example('okta sheet', 'for the person who configures the app in Okta'))
      .example(...example('okta sheet --app hr --markdown', 'one app, for a ticket'))
      .example(...example('okta sheet --html > sheet.html', 'on paper, for a meeting')),
  handler: async (given) => {
    const [{ sheetOf }, { sheetText }, { htmlOf, htmlPage }] = await Promise.all([
      import('../../../connector/operations/okta/okta-sheet.ts'),
      import('../../terminal/okta-text.ts'),
      import('../../terminal/html-page.ts'),
    ]);
    const terminal = new Terminal(given);
    const { config, apps } = await loadApps(given, terminal);
    const sheets = await Promise.all(apps.map((app) => sheetOf(config, app)));
    if (terminal.json) terminal.printJson(sheets);
    else if (given.html) {
      const markdown = sheets.map((one) => sheetText(one, 'markdown')).join('\n\n');
      terminal.print(htmlPage('What to enter in Okta', htmlOf(markdown)).trimEnd());
    } else terminal.print(sheets.map((one) => sheetText(one, styleOf(given))).join('\n\n'));
  },
};
