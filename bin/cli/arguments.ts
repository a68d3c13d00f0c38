import type { Options } from 'yargs';

/** What every command accepts. `flags` of settings come under their own names (`server.deadline`, `db`). */
export interface GlobalArguments {
  readonly config?: string | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly [flag: string]: unknown;
}

export const globalOptions = {
  config: {
    type: 'string',
    describe: 'Configuration file, TOML (or CONNECTOR_CONFIG, ./connector.toml)',
    requiresArg: true,
  },
  json: { type: 'boolean', describe: 'Print results as JSON' },
  quiet: { type: 'boolean', describe: 'Print results, warnings and errors only' },
  verbose: { type: 'boolean', describe: 'Print details of errors' },
  color: { type: 'boolean', describe: 'Colors; --no-color or NO_COLOR switches them off' },
} as const satisfies Record<string, Options>;
