import type { Argv, CommandModule } from 'yargs';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { counted } from '../../terminal/wording.ts';
import { type EntitlementArguments, entitledApp, entitlementOptions } from './entitlement-arguments.ts';

interface RemoveArguments extends EntitlementArguments {
  readonly id: readonly string[];
}

export const remove: CommandModule<object, RemoveArguments> = {
  command: 'remove <id..>',
  describe: 'Remove entitlements that nobody has, all or none',
  builder: (yargs: Argv) =>
    entitlementOptions(yargs)
      .positional('id', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Ids as "entitlement list" shows',
      })
      .example(...example('entitlement remove f1 --type License', 'refused while somebody has it')),
  handler: async (given) => {
    const [{ app, loaded }, { keepingOf, typeNamed }, { audit, mustBeAudited }] = await Promise.all([
      entitledApp(given),
      import('../../../connector/operations/entitlement/kept-type.ts'),
      import('../../cli/audited.ts'),
    ]);
    const type = typeNamed(app, given.type);
    const keeping = keepingOf(app, type);
    await mustBeAudited(loaded);
    await keeping.remove(app, type.name, given.id.map(String));
    const terminal = new Terminal(given);
    const details = { type: type.name, ids: given.id.join(', ') };
    await audit(loaded, { action: 'entitlement remove', app: app.name, details }, terminal);
    if (terminal.json) terminal.printJson({ type: type.name, removed: given.id });
    else
      terminal.info(`${counted(given.id.length, 'entitlement')} of type ${type.name} removed; take it out of Okta too`);
  },
};
