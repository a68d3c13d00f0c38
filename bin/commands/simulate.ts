import type { Argv, CommandModule } from 'yargs';
import { METHODS, type Method } from '../../connector/operations/simulate/asked.ts';
import type { GlobalArguments } from '../cli/arguments.ts';
import { CommandError } from '../cli/command-error.ts';
import { example } from '../cli/example.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { shortOptions } from '../cli/setting-flags.ts';
import { Terminal } from '../terminal/terminal.ts';

interface SimulateArguments extends GlobalArguments {
  readonly file?: string | undefined;
  readonly app?: string | undefined;
  readonly method?: Method | undefined;
  readonly path?: string | undefined;
}

/** The text in a file, or on standard input, however its program has encoded it. */
async function textIn(file: string): Promise<string> {
  const [{ readFileSync }, { decodeText }] = await Promise.all([
    import('node:fs'),
    import('../../connector/text/decode-text.ts'),
  ]);
  // 0 is stdin.
  const isStdin = file === '-' || file === '';
  const source = isStdin ? 'standard input' : file;
  const text = decodeText(readFileSync(isStdin ? 0 : file), source);
  if (text.trim() === '') throw new CommandError(EXIT.usage, `${source}: is empty; give a body as Okta sends it`);
  return text;
}

export const simulate: CommandModule<object, SimulateArguments> = {
  command: 'simulate [file]',
  describe: 'Show what a request of Okta would do, as LDIF or SQL; writes nothing, and Okta hears nothing',
  builder: (yargs: Argv) =>
    yargs
      .options(shortOptions)
      .positional('file', { type: 'string', describe: 'A SCIM body, JSON; - reads stdin' })
      .option('method', { choices: METHODS, describe: 'Without it: PUT where the person or group exists, else POST' })
      .option('path', { type: 'string', requiresArg: true, describe: "/Users, /Users/ID, … or a URL of Okta's log" })
      .option('app', { type: 'string', requiresArg: true, describe: 'Which app, when there are several' })
      .example(...example('simulate new-hire.json', 'a create, or an update of who is there'))
      .example(...example('simulate body.json --config next.toml', 'with a configuration that is not in use yet'))
      .example(...example('simulate --method DELETE --path /Groups/ID', 'a request without a body')),
  handler: async ({ file, app: named, method, path, ...given }) => {
    if (file === undefined && method !== 'DELETE')
      throw new CommandError(EXIT.usage, 'simulate needs a file with a body, or - to read one (simulate --help)');
    const terminal = new Terminal(given);
    // Read at once: root then becomes the account of the service, which may not.
    const body = file === undefined ? '' : await textIn(file);
    const [{ loadAloud }, { chosenApps, onlyApp }, operation, { watched }, { simulationText }, { pageWidth }] =
      await Promise.all([
        import('../cli/load.ts'),
        import('../cli/chosen-app.ts'),
        import('../../connector/operations/simulate/simulate.ts'),
        import('../cli/watched.ts'),
        import('../terminal/simulation-text.ts'),
        import('../terminal/line-width.ts'),
      ]);
    const { config } = await loadAloud(given, terminal, 'refuse');
    const app = onlyApp(chosenApps(config, named), 'configured');
    const done = await watched(given.quiet ?? false, ({ signal }) =>
      operation.simulate(config, app, { body, method, path }, signal),
    );
    const { language, operations, ...rest } = done;
    if (terminal.json)
      terminal.printJson({ ok: done.refusal === undefined, ...rest, [language.toLowerCase()]: operations });
    else terminal.print(simulationText(done, pageWidth(process.stdout)));
    process.exitCode = done.refusal === undefined ? EXIT.ok : EXIT.unexpected;
  },
};
