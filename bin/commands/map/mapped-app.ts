import type { Argv } from 'yargs';
import { backendsWith, moduleNamed } from '../../../connector/backend/catalogue.ts';
import type { Mapping } from '../../../connector/backend/module/mapping.ts';
import type { App } from '../../../connector/config/config.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { shortOptions } from '../../cli/setting-flags.ts';
import type { Terminal } from '../../terminal/terminal.ts';

export interface MapArguments extends GlobalArguments {
  readonly app?: string | undefined;
}

export const mapOptions = <T>(yargs: Argv<T>) =>
  yargs
    .options(shortOptions)
    .option('app', { type: 'string', requiresArg: true, describe: 'Which app, when there are several' });

export interface MappedApp {
  readonly app: App;
  readonly mapping: Mapping<App>;
}

const unmapped = (named: string | undefined): CommandError =>
  new CommandError(
    EXIT.usage,
    `${named === undefined ? 'no app' : `the app "${named}" is not one that`} has ${backendsWith('mapping')}; only a directory has a mapping`,
  );

/** @throws CommandError usage: it is not clear which app is meant, or its store has no mapping */
export async function mappedApp(given: MapArguments, terminal: Terminal): Promise<MappedApp> {
  const [{ loadAloud }, { onlyApp }] = await Promise.all([
    import('../../cli/load.ts'),
    import('../../cli/chosen-app.ts'),
  ]);
  const { config } = await loadAloud(given, terminal, 'refuse');
  const named = config.apps.filter(({ name }) => (given.app ?? name) === name);
  const mapped = named.filter(({ backend }) => moduleNamed(backend).mapping);
  if (mapped.length === 0) throw unmapped(given.app);
  const app = onlyApp(mapped, 'with a directory');
  const { mapping } = moduleNamed(app.backend);
  if (!mapping) throw unmapped(app.name);
  return { app, mapping };
}
