import type { Argv, CommandModule } from 'yargs';
import type { Fix } from '../../connector/operations/status/light.ts';
import type { GlobalArguments } from '../cli/arguments.ts';
import { checksExitCode } from '../cli/checks-exit-code.ts';
import { example } from '../cli/example.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { shortOptions } from '../cli/setting-flags.ts';
import { widthOf } from '../terminal/line-width.ts';
import { Terminal } from '../terminal/terminal.ts';
import { quoted } from '../terminal/wording.ts';

interface StatusArguments extends GlobalArguments {
  readonly strict?: boolean | undefined;
}

export const status: CommandModule<object, StatusArguments> = {
  command: 'status',
  describe: 'Tell how the service is: last contact, backends, certificate, tokens, imports, errors',
  builder: (yargs: Argv) =>
    yargs
      .options(shortOptions)
      .option('strict', { type: 'boolean', describe: 'Exit with 7 when there are warnings' })
      .example(...example('status --config connector.toml', 'for people'))
      .example(...example('status --json | jq .ok', 'in a script')),
  handler: async (given) => {
    const terminal = new Terminal(given);
    const [{ load }, { statusOf }, { statusText }, { serviceStart }, { programName }] = await Promise.all([
      import('../cli/load.ts'),
      import('../../connector/operations/status/status.ts'),
      import('../terminal/status-text.ts'),
      import('../host/service-start.ts'),
      import('../host/program-name.ts'),
    ]);
    const { config } = await load(given);
    const flag = given.config === undefined ? '' : ` --config ${quoted(given.config)}`;
    const command = (fix: Fix): string => ('system' in fix ? fix.system : `${programName()} ${fix.ours}${flag}`);
    const now = Date.now();
    const found = await statusOf(config, { start: serviceStart(config.file), now });
    const exitCode = checksExitCode(found.lights, given.strict ?? false);
    if (terminal.json) {
      const lights = found.lights.map(({ failure: _, fix, ...light }) => ({
        ...light,
        ...(fix && light.status !== 'ok' ? { fix: command(fix) } : {}),
      }));
      terminal.printJson({ ok: exitCode === EXIT.ok, ...found, lights });
    } else terminal.print(statusText(found, { width: widthOf(process.stdout), now, command }));
    process.exitCode = exitCode;
  },
};
