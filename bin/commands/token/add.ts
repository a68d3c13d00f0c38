import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

interface AddArguments extends GlobalArguments {
  readonly name: string;
  readonly app?: string | undefined;
  readonly basic?: string | undefined;
  readonly expires?: string | undefined;
}

export const add: CommandModule<object, AddArguments> = {
  command: 'add <name>',
  describe: 'Make a token, or a password for a user name, and print it this once',
  builder: (yargs: Argv) =>
    yargs
      .positional('name', { type: 'string', demandOption: true, describe: 'Its name, shown in lists and logs' })
      .option('app', { type: 'string', requiresArg: true, describe: 'Accept it for this app only' })
      .option('basic', { type: 'string', requiresArg: true, describe: 'Make a password for this user name instead' })
      .option('expires', { type: 'string', requiresArg: true, describe: 'When it ends: 90d, 1y or 2027-01-31' })
      .example(...example('token add okta --expires 1y', 'the value for Okta\'s "HTTP Header"'))
      .example(...example('token add okta-hr --app hr --basic okta', 'a password for Okta\'s "Basic Auth"')),
  handler: async (given) => {
    const [{ load }, { audit, mustBeAudited }, { chosenApps }, { parseExpiry }, { withCredentials }, { tokenAdvice }] =
      await Promise.all([
        import('../../cli/load.ts'),
        import('../../cli/audited.ts'),
        import('../../cli/chosen-app.ts'),
        import('../../cli/expiry.ts'),
        import('../../../connector/operations/credential/credential-desk.ts'),
        import('./token-advice.ts'),
      ]);
    const terminal = new Terminal(given);
    const loaded = await load(given);
    const { config } = loaded;
    const { name, app, basic } = given;
    // For an app that does not exist it would never be accepted.
    const apps = chosenApps(config, app);
    const expires = given.expires === undefined ? undefined : parseExpiry(given.expires, Date.now(), '--expires');
    await mustBeAudited(loaded);
    const secret = await withCredentials(config, (desk) => desk.add({ name, app, basic, expires }));
    const details = { name, kind: basic === undefined ? 'token' : 'basic', expires: expires?.toISOString() };
    await audit(loaded, { action: 'token add', app, details }, terminal);
    if (terminal.json) {
      const shown = basic === undefined ? { token: secret } : { username: basic, password: secret };
      terminal.printJson({ name, ...(app === undefined ? {} : { app }), ...shown, ...(expires ? { expires } : {}) });
    } else terminal.print(secret);
    for (const line of tokenAdvice(apps, basic)) terminal.info(line);
  },
};
