import type { Argv } from 'yargs';
import type { App } from '../../../connector/config/config.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import type { LoadedHere } from '../../cli/load.ts';

export interface EntitlementArguments extends GlobalArguments {
  readonly app?: string | undefined;
  readonly type?: string | undefined;
}

export const entitlementOptions = (yargs: Argv) =>
  yargs
    .option('type', { type: 'string', requiresArg: true, describe: 'Which type, when there are several' })
    .option('app', { type: 'string', requiresArg: true, describe: 'Which app, when there are several' });

/** The app whose entitlements are meant: of several the one that has some. @throws CommandError usage */
export async function entitledApp(
  given: EntitlementArguments,
): Promise<{ readonly app: App; readonly loaded: LoadedHere }> {
  const [{ load }, { chosenApps, onlyApp }] = await Promise.all([
    import('../../cli/load.ts'),
    import('../../cli/chosen-app.ts'),
  ]);
  const loaded = await load(given);
  const chosen = chosenApps(loaded.config, given.app);
  const having = chosen.filter(({ entitlements }) => entitlements.length > 0);
  return { app: onlyApp(having.length > 0 ? having : chosen, 'with entitlements'), loaded };
}
