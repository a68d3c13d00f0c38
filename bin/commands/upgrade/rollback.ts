import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

export const rollback: CommandModule<object, GlobalArguments> = {
  command: 'rollback',
  describe: 'Go back to the executable before the last upgrade',
  builder: (yargs: Argv) => yargs.example(...example('rollback', 'data written since then stays')),
  handler: async (given) => {
    const [{ rollBack }, { auditUpgrade }] = await Promise.all([
      import('../../host/upgrade/rollback.ts'),
      import('./audit-upgrade.ts'),
    ]);
    const terminal = new Terminal(given);
    const done = await rollBack(given.config);
    await auditUpgrade(given, 'rollback', { to: done.to }, terminal);
    if (terminal.json) terminal.printJson(done);
    else terminal.print(`back to ${done.to}${done.running ? ', and running' : ''}`);
  },
};
