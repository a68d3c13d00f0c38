import type { Argv, CommandModule } from 'yargs';
import type { ListedCredential } from '../../../connector/auth/credentials/listed-credential.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { table } from '../../terminal/table.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { toSeconds } from '../../terminal/wording.ts';

const HEAD = ['NAME', 'KIND', 'APP', 'CREATED', 'EXPIRES', 'LAST USED'];

const row = (credential: ListedCredential): readonly string[] => [
  credential.name,
  credential.username === undefined ? credential.kind : `${credential.kind} ${credential.username}`,
  credential.app ?? 'all',
  credential.created.slice(0, 10),
  credential.expired ? 'expired' : toSeconds(credential.expires ?? 'never'),
  toSeconds(credential.lastUsed ?? 'never'),
];

export const list: CommandModule<object, GlobalArguments> = {
  command: 'list',
  describe: 'List tokens and user names, with their last use',
  builder: (yargs: Argv) =>
    yargs
      .example(...example('token list', 'which are in use, and until when'))
      .example(...example("token list --json | jq -r '.[] | select(.expired).name'", 'the expired ones')),
  handler: async (given) => {
    const [{ load }, { withCredentials }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../../connector/operations/credential/credential-desk.ts'),
    ]);
    const terminal = new Terminal(given);
    const { config } = await load(given);
    const credentials = await withCredentials(config, (desk) => desk.list({ withLent: true }));
    if (terminal.json) terminal.printJson(credentials);
    else if (credentials.length === 0) terminal.info('no credential yet: make one with "token add NAME"');
    else terminal.print(table([HEAD, ...credentials.map(row)]));
  },
};
