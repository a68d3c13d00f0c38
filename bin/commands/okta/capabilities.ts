import type { Argv, CommandModule } from 'yargs';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { loadApps, type OktaArguments, oktaOptions, styleOf } from './okta-arguments.ts';

export const capabilities: CommandModule<object, OktaArguments> = {
  command: 'capabilities',
  describe: 'Print what Okta may offer, and why each is on or off',
  builder: (yargs: Argv) =>
    oktaOptions(yargs).example(...example('okta capabilities', 'ten capabilities with reasons')),
  handler: async (given) => {
    const [{ capabilitiesOf }, { capabilityTable }] = await Promise.all([
      import('../../../connector/operations/okta/okta-capabilities.ts'),
      import('../../terminal/okta-text.ts'),
    ]);
    const terminal = new Terminal(given);
    const { config, apps } = await loadApps(given, terminal);
    const offered = await Promise.all(
      apps.map(async (app) => ({ app: app.name, capabilities: await capabilitiesOf(config, app) })),
    );
    if (terminal.json) {
      terminal.printJson(offered);
      return;
    }
    for (const one of offered) {
      if (offered.length > 1) terminal.print(`App ${one.app}`);
      terminal.print(capabilityTable(one.capabilities, styleOf(given)));
    }
  },
};
