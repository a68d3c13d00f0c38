import type { Argv, CommandModule } from 'yargs';
import type { DryRun } from '../../../connector/operations/map/rehearse.ts';
import type { TypeName } from '../../../connector/scim/schema/resource-type.ts';
import { decodeText } from '../../../connector/text/decode-text.ts';
import { CommandError } from '../../cli/command-error.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { typeOption } from '../../cli/resource-type.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { type MapArguments, mapOptions, mappedApp } from './mapped-app.ts';

interface TestArguments extends MapArguments {
  readonly file?: string | undefined;
  readonly user?: string | undefined;
  readonly group?: string | undefined;
  readonly dn?: string | undefined;
  readonly type: TypeName;
}

async function bodyIn(file: string): Promise<unknown> {
  const { readFileSync } = await import('node:fs');
  // 0 is stdin.
  const text = decodeText(readFileSync(file === '-' || file === '' ? 0 : file), file || 'standard input');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError(EXIT.usage, `${file}: is no JSON; give a body as Okta sends it`, { cause });
  }
}

function printDryRun(
  { operations, resource, existed, dropped, hint }: DryRun,
  type: TypeName,
  terminal: Terminal,
): void {
  if (terminal.json) {
    terminal.printJson({ ldif: operations, resource, existed, dropped, ...(hint === undefined ? {} : { hint }) });
    return;
  }
  const said = existed ? 'exists: this is what a PUT would do' : 'is new: this is what a POST would do';
  terminal.info(`the ${type.toLowerCase()} ${said}; nothing is written`);
  if (dropped.length > 0) terminal.warn(`dropped, since nothing has a place for it: ${dropped.join(', ')}`);
  if (hint !== undefined) terminal.warn(hint);
  terminal.print(operations === '' ? '# nothing would change' : operations);
}

export const test: CommandModule<object, TestArguments> = {
  command: 'test [file]',
  describe: 'Show what would be written for a SCIM body, or how an entry is shown; writes nothing',
  builder: (yargs: Argv) =>
    mapOptions(yargs)
      .positional('file', { type: 'string', describe: 'A SCIM body, JSON; - reads stdin' })
      .option('user', { type: 'string', requiresArg: true, describe: 'Show this user, by userName' })
      .option('group', { type: 'string', requiresArg: true, describe: 'Show this group, by displayName' })
      .option('dn', { type: 'string', requiresArg: true, describe: 'Show the entry with this DN' })
      .option('type', typeOption('What the body or the entry is'))
      .example(...example('map test new-hire.json', 'the LDAP operations, as LDIF'))
      .example(...example('map test --user bjensen', 'the resource that Okta would import')),
  handler: async ({ file, user, group, dn, type, ...given }) => {
    const chosen = [file, user, group, dn].filter((one) => one !== undefined);
    if (chosen.length !== 1)
      throw new CommandError(EXIT.usage, 'map test needs a file, --user, --group or --dn: one of them');
    const terminal = new Terminal(given);
    // Read at once: root then becomes the account of the service, which may not.
    const body = file === undefined ? undefined : await bodyIn(file);
    const { app, mapping } = await mappedApp(given, terminal);
    const { operationsOf, resourceOf } = await import('../../../connector/operations/map/rehearse.ts');
    if (file !== undefined) printDryRun(await operationsOf(app, mapping, type, body), type, terminal);
    else if (dn !== undefined) terminal.printJson(await resourceOf(app, mapping, type, { place: dn }));
    else if (group !== undefined) terminal.printJson(await resourceOf(app, mapping, 'Group', { name: group }));
    else terminal.printJson(await resourceOf(app, mapping, type, { name: user ?? '' }));
  },
};
