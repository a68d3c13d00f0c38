import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

export const codes: CommandModule<object, GlobalArguments> = {
  command: 'codes',
  describe: 'List all codes that can be explained',
  builder: (yargs: Argv) =>
    yargs.example(...example('explain codes | grep password', 'which codes are about passwords')),
  handler: async (given) => {
    const terminal = new Terminal(given);
    const [{ listFaults }, { faultList }] = await Promise.all([
      import('../../../connector/operations/explain/list-faults.ts'),
      import('../../terminal/explanation-text.ts'),
    ]);
    if (terminal.json) terminal.printJson(listFaults());
    else terminal.print(faultList(listFaults()));
  },
};
