import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

interface RevokeArguments extends GlobalArguments {
  readonly name: string;
}

export const revoke: CommandModule<object, RevokeArguments> = {
  command: 'revoke <name>',
  describe: 'Stop accepting a token or password; a running server obeys within a second',
  builder: (yargs: Argv) =>
    yargs
      .positional('name', { type: 'string', demandOption: true, describe: 'As "token list" shows it' })
      .example(...example('token revoke okta', 'once "token list" shows that Okta uses another')),
  handler: async (given) => {
    const [{ load }, { audit, mustBeAudited }, { withCredentials }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../cli/audited.ts'),
      import('../../../connector/operations/credential/credential-desk.ts'),
    ]);
    const { name } = given;
    const loaded = await load(given);
    const terminal = new Terminal(given);
    await mustBeAudited(loaded);
    await withCredentials(loaded.config, (desk) => desk.revoke(name));
    await audit(loaded, { action: 'token revoke', details: { name } }, terminal);
    terminal.info(`revoked "${name}"`);
    if (terminal.json) terminal.printJson({ name, revoked: true });
  },
};
