import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { table } from '../../terminal/table.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { toSeconds } from '../../terminal/wording.ts';

export const list: CommandModule<object, GlobalArguments> = {
  command: 'list',
  describe: 'List the names of stored secrets',
  builder: (yargs: Argv) => yargs.example(...example('secret list', 'names and when each was set, never a value')),
  handler: async (given) => {
    const { load } = await import('../../cli/load.ts');
    const terminal = new Terminal(given);
    const secrets = (await load(given)).secrets.list();
    if (terminal.json) terminal.printJson(secrets);
    else if (secrets.length === 0) terminal.info('no secret yet: store one with "secret set NAME"');
    else
      terminal.print(table([['NAME', 'CHANGED'], ...secrets.map(({ name, changed }) => [name, toSeconds(changed)])]));
  },
};
