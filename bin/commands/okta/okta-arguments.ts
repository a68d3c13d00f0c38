import type { Argv } from 'yargs';
import type { App, Config } from '../../../connector/config/config.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { shortOptions } from '../../cli/setting-flags.ts';
import type { Style } from '../../terminal/okta-text.ts';
import type { Terminal } from '../../terminal/terminal.ts';

export interface OktaArguments extends GlobalArguments {
  readonly app?: string | undefined;
  readonly markdown?: boolean | undefined;
}

export const oktaOptions = <T>(yargs: Argv<T>) =>
  yargs
    .options(shortOptions)
    .option('app', { type: 'string', requiresArg: true, describe: 'Only this app of the configuration' })
    .option('markdown', { type: 'boolean', describe: 'Print Markdown, for a ticket or a wiki' });

export const styleOf = ({ markdown }: OktaArguments): Style => (markdown ? 'markdown' : 'text');

/** The configuration, and which apps are asked for. */
export async function loadApps(
  given: OktaArguments,
  terminal: Terminal,
): Promise<{ readonly config: Config; readonly apps: readonly App[] }> {
  const [{ loadAloud }, { chosenApps }] = await Promise.all([
    import('../../cli/load.ts'),
    import('../../cli/chosen-app.ts'),
  ]);
  const { config } = await loadAloud(given, terminal);
  return { config, apps: chosenApps(config, given.app) };
}
