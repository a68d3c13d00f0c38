import type { Argv, CommandModule } from 'yargs';
import { example } from '../../cli/example.ts';
import { table } from '../../terminal/table.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { type EntitlementArguments, entitledApp, entitlementOptions } from './entitlement-arguments.ts';

export const list: CommandModule<object, EntitlementArguments> = {
  command: 'list',
  describe: 'List what people can be given, as Okta reads it',
  builder: (yargs: Argv) =>
    entitlementOptions(yargs).example(...example('entitlement list --type License', 'ids and names of one type')),
  handler: async (given) => {
    const [{ app }, { typeNamed }, { listEntitlements }] = await Promise.all([
      entitledApp(given),
      import('../../../connector/operations/entitlement/kept-type.ts'),
      import('../../../connector/operations/entitlement/list-entitlements.ts'),
    ]);
    const terminal = new Terminal(given);
    const types =
      given.type === undefined && app.entitlements.length > 1 ? app.entitlements : [typeNamed(app, given.type)];
    const listed = await listEntitlements(app, types);
    if (terminal.json) {
      terminal.printJson(listed);
      return;
    }
    const rows = listed.flatMap(({ type, entitlements }) =>
      entitlements.map(({ id, name, description = '' }) => [type, id, name, description]),
    );
    if (rows.length > 0) terminal.print(table([['TYPE', 'ID', 'NAME', 'DESCRIPTION'], ...rows]));
    for (const { type, entitlements } of listed)
      if (entitlements.length === 0) terminal.info(`there is no ${type} yet (docs/entitlements.md)`);
  },
};
