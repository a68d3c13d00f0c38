import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { CommandError } from '../../cli/command-error.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { holdId } from './hold-id.ts';

interface ShowArguments extends GlobalArguments {
  readonly id: string;
}

export const show: CommandModule<object, ShowArguments> = {
  command: 'show <id>',
  describe: 'Show what the held requests would do: whom, what is there and what would be',
  builder: (yargs: Argv) =>
    yargs
      .positional('id', { type: 'string', demandOption: true, describe: 'As "hold list" shows it' })
      .example(...example('hold show 1', 'before it is decided'))
      .example(...example("hold show 1 --json | jq -r '.held[].name'", 'who is concerned')),
  handler: async (given) => {
    const [{ load }, { lookAtDesk }, { holdText }, { holdJson, requestJson }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../../connector/operations/hold/hold-desk.ts'),
      import('../../terminal/hold-text.ts'),
      import('./hold-json.ts'),
    ]);
    const id = holdId(given.id);
    const terminal = new Terminal(given);
    const { config } = await load(given);
    const found = await lookAtDesk(config, undefined, async (desk) => {
      const hold = await desk.hold(id);
      return hold && { hold, held: await desk.requests(id) };
    });
    if (!found) throw new CommandError(EXIT.usage, `there is no hold ${id}: hold list`);
    const { hold, held } = found;
    if (terminal.json) {
      terminal.printJson({ ...holdJson(hold), held: held.map(requestJson) });
      return;
    }
    terminal.print(holdText(hold, held));
    const reject = hold.kind === 'ordered' ? [] : [`scim-connector hold reject ${id} --reason 'TEXT'`];
    if (hold.ended === undefined)
      terminal.noteCommands('To decide:', [`scim-connector hold release ${id} --reason 'TEXT'`, ...reject]);
  },
};
