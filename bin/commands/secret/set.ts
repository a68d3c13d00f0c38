import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

interface SetArguments extends GlobalArguments {
  readonly name: string;
}

export const set: CommandModule<object, SetArguments> = {
  command: 'set <name>',
  describe: 'Store a secret, read from a pipe or typed without being shown',
  builder: (yargs: Argv) =>
    yargs
      .positional('name', { type: 'string', demandOption: true, describe: 'Settings refer to it: { secret = "NAME" }' })
      .example(...example('secret set ldap-bind < bind-password.txt', 'from a file'))
      .example(...example('secret set ldap-bind', 'asks')),
  handler: async (given) => {
    const [{ load }, { audit, mustBeAudited }, { askSecret }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../cli/audited.ts'),
      import('../../terminal/ask-secret.ts'),
    ]);
    const loaded = await load(given);
    await mustBeAudited(loaded);
    const { name } = given;
    await loaded.secrets.set(name, await askSecret(`Value of "${name}": `));
    const terminal = new Terminal(given);
    await audit(loaded, { action: 'secret set', details: { name } }, terminal);
    if (terminal.json) terminal.printJson({ name, setting: { secret: name } });
    terminal.info(`stored; settings refer to it as { secret = "${name}" }`);
  },
};
