import { styleText } from 'node:util';
import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../arguments.ts';
import type { Check } from '../check.ts';
import { shortOptions } from '../setting-flags.ts';
import { Terminal, table } from '../terminal.ts';

const COLOR = { ok: 'green', warning: 'yellow', failed: 'red' } as const;

const mark = (status: Check['status']): string =>
  styleText(COLOR[status], status.padEnd('warning'.length), { stream: process.stdout });

export const check: CommandModule<object, GlobalArguments & { readonly strict?: boolean | undefined }> = {
  command: 'check',
  describe: 'Prove configuration, certificate, database and credentials without serving',
  builder: (yargs: Argv) =>
    yargs
      .options(shortOptions)
      .option('strict', { type: 'boolean', describe: 'Exit with 7 when there are warnings' })
      .example('$0 check --config connector.toml', 'before a restart')
      .example('$0 check --json | jq .ok', 'in a script'),
  handler: async (given) => {
    const [{ load }, { runChecks, exitCodeOf }] = await Promise.all([import('../load.ts'), import('../check.ts')]);
    const terminal = new Terminal(given);
    const { config, warnings } = await load(given, 'refuse');
    const checks: readonly Check[] = [
      {
        check: 'configuration',
        status: 'ok',
        text: config.file ?? 'no file: defaults, environment, flags',
        exitCode: 0,
      },
      ...warnings.map((text): Check => ({ check: 'configuration', status: 'warning', text, exitCode: 0 })),
      ...(await runChecks(config)),
    ];
    const exitCode = exitCodeOf(checks, given.strict ?? false);
    if (terminal.json)
      terminal.printJson({ ok: exitCode === 0, checks: checks.map(({ exitCode: _, ...shown }) => shown) });
    else
      terminal.print(table(checks.map(({ status, check: name, app, text }) => [mark(status), name, app ?? '', text])));
    process.exitCode = exitCode;
  },
};
