import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../cli/arguments.ts';
import { example } from '../cli/example.ts';
import { Terminal, table, toSeconds } from '../terminal/terminal.ts';

interface Added extends GlobalArguments {
  readonly name: string;
  readonly app?: string | undefined;
  readonly basic?: string | undefined;
  readonly expires?: string | undefined;
}

const add: CommandModule<object, Added> = {
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
    const [{ load }, { addCredential }, { momentOf }, { checkApp, explain }] = await Promise.all([
      import('../cli/load.ts'),
      import('../../connector/auth/credentials/add-credential.ts'),
      import('../cli/expiry.ts'),
      import('../../connector/operations/credential/token-advice.ts'),
    ]);
    const terminal = new Terminal(given);
    const { config } = await load(given);
    const { name, app, basic } = given;
    checkApp(config, app);
    const expires = given.expires === undefined ? undefined : momentOf(given.expires, Date.now(), '--expires');
    const secret = await addCredential(config.state_dir, { name, app, basic, expires });
    if (terminal.json) {
      const shown = basic === undefined ? { token: secret } : { username: basic, password: secret };
      terminal.printJson({ name, ...(app === undefined ? {} : { app }), ...shown, ...(expires ? { expires } : {}) });
    } else terminal.print(secret);
    for (const line of explain(config, { app, basic })) terminal.note(line);
  },
};

const list: CommandModule<object, GlobalArguments> = {
  command: 'list',
  describe: 'List tokens and user names, with their last use',
  builder: (yargs: Argv) =>
    yargs
      .example(...example('token list', 'which are in use, and until when'))
      .example(...example("token list --json | jq -r '.[] | select(.expired).name'", 'the expired ones')),
  handler: async (given) => {
    const [{ load }, { listCredentials }] = await Promise.all([
      import('../cli/load.ts'),
      import('../../connector/auth/credentials/list-credentials.ts'),
    ]);
    const terminal = new Terminal(given);
    const { config } = await load(given);
    const credentials = listCredentials(config.state_dir);
    if (terminal.json) terminal.printJson(credentials);
    else if (credentials.length === 0) terminal.note('no credential yet: make one with "token add NAME"');
    else
      terminal.print(
        table([
          ['NAME', 'KIND', 'APP', 'CREATED', 'EXPIRES', 'LAST USED'],
          ...credentials.map((one) => [
            one.name,
            one.username === undefined ? one.kind : `${one.kind} ${one.username}`,
            one.app ?? 'all',
            one.created.slice(0, 10),
            one.expired ? 'expired' : toSeconds(one.expires ?? 'never'),
            toSeconds(one.lastUsed ?? 'never'),
          ]),
        ]),
      );
  },
};

const revoke: CommandModule<object, GlobalArguments & { readonly name: string }> = {
  command: 'revoke <name>',
  describe: 'Stop accepting a token or password; a running server obeys within a second',
  builder: (yargs: Argv) =>
    yargs
      .positional('name', { type: 'string', demandOption: true, describe: 'As "token list" shows it' })
      .example(...example('token revoke okta', 'once "token list" shows that Okta uses another')),
  handler: async (given) => {
    const [{ load }, { revokeCredential }] = await Promise.all([
      import('../cli/load.ts'),
      import('../../connector/auth/credentials/revoke-credential.ts'),
    ]);
    const { config } = await load(given);
    await revokeCredential(config.state_dir, given.name);
    const terminal = new Terminal(given);
    terminal.note(`revoked "${given.name}"`);
    if (terminal.json) terminal.printJson({ name: given.name, revoked: true });
  },
};

export const token: CommandModule<object, GlobalArguments> = {
  command: 'token',
  describe: 'Make, list and revoke what Okta logs in with',
  builder: (yargs: Argv) =>
    yargs
      .command([add, list, revoke] as unknown as CommandModule[])
      .demandCommand(1, 'token needs a verb: add, list or revoke'),
  handler: () => undefined,
};
