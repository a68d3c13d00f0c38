import type { Argv, CommandModule } from 'yargs';
import { example } from '../../cli/example.ts';
import { openInput } from '../../host/named-input.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { type EntitlementArguments, entitledApp, entitlementOptions } from './entitlement-arguments.ts';

interface ImportArguments extends EntitlementArguments {
  readonly file: string;
}

export const importEntitlements: CommandModule<object, ImportArguments> = {
  command: 'import <file>',
  describe: 'Read entitlements from CSV: new ids are added, others renamed, none removed',
  builder: (yargs: Argv) =>
    entitlementOptions(yargs)
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe: 'CSV with the columns id, name and description; - reads stdin',
      })
      .example(...example('entitlement import licences.csv --type License', 'also while the server runs')),
  handler: async (given) => {
    const input = openInput(given.file === '-' || given.file === '' ? undefined : given.file);
    const [{ app, loaded }, { keepingOf, typeNamed }, { readDefinitions }, { audit, mustBeAudited }] =
      await Promise.all([
        entitledApp(given),
        import('../../../connector/operations/entitlement/kept-type.ts'),
        import('../../../connector/operations/entitlement/read-definitions.ts'),
        import('../../cli/audited.ts'),
      ]);
    const type = typeNamed(app, given.type);
    const keeping = keepingOf(app, type);
    const definitions = await readDefinitions(input.stream);
    await mustBeAudited(loaded);
    const { added, changed, unchanged } = await keeping.put(app, type.name, definitions);
    const terminal = new Terminal(given);
    const details = { type: type.name, added, changed };
    await audit(loaded, { action: 'entitlement import', app: app.name, details }, terminal);
    if (terminal.json) terminal.printJson({ type: type.name, added, changed, unchanged });
    else terminal.info(`${type.name}: ${added} added, ${changed} changed, ${unchanged} as they were`);
    if (changed > 0)
      terminal.warn('Okta keeps the names that it has read: names should not change once provisioning is on');
  },
};
