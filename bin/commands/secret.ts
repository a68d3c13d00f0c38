import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../cli/arguments.ts';
import { example } from '../cli/example.ts';
import { Terminal, table, toSeconds } from '../terminal/terminal.ts';

const set: CommandModule<object, GlobalArguments & { readonly name: string }> = {
  command: 'set <name>',
  describe: 'Store a secret, read from a pipe or typed without being shown',
  builder: (yargs: Argv) =>
    yargs
      .positional('name', { type: 'string', demandOption: true, describe: 'Settings refer to it: { secret = "NAME" }' })
      .example(...example('secret set ldap-bind < bind-password.txt', 'from a file'))
      .example(...example('secret set ldap-bind', 'asks')),
  handler: async (given) => {
    const [{ load }, { askSecret }] = await Promise.all([
      import('../cli/load.ts'),
      import('../terminal/ask-secret.ts'),
    ]);
    const { secrets } = await load(given);
    const { name } = given;
    await secrets.set(name, await askSecret(`Value of "${name}": `));
    const terminal = new Terminal(given);
    if (terminal.json) terminal.printJson({ name, setting: { secret: name } });
    terminal.note(`stored; settings refer to it as { secret = "${name}" }`);
  },
};

const list: CommandModule<object, GlobalArguments> = {
  command: 'list',
  describe: 'List the names of stored secrets',
  builder: (yargs: Argv) => yargs.example(...example('secret list', 'names and when each was set, never a value')),
  handler: async (given) => {
    const { load } = await import('../cli/load.ts');
    const terminal = new Terminal(given);
    const secrets = (await load(given)).secrets.list();
    if (terminal.json) terminal.printJson(secrets);
    else if (secrets.length === 0) terminal.note('no secret yet: store one with "secret set NAME"');
    else
      terminal.print(table([['NAME', 'CHANGED'], ...secrets.map(({ name, changed }) => [name, toSeconds(changed)])]));
  },
};

export const secret: CommandModule<object, GlobalArguments> = {
  command: 'secret',
  describe: 'Store passwords that the connector itself needs, encrypted',
  builder: (yargs: Argv) =>
    yargs.command([set, list] as unknown as CommandModule[]).demandCommand(1, 'secret needs a verb: set or list'),
  handler: () => undefined,
};
