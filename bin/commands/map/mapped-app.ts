import type { Argv } from 'yargs';
import { backendsWith, moduleNamed } from '../../../connector/backend/catalogue.ts';
import type { Mapping } from '../../../connector/backend/module/mapping.ts';
import type { App } from '../../../connector/config/config.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { CommandError } from '../../cli/failure.ts';
import { shortOptions } from '../../cli/setting-flags.ts';
import type { Terminal } from '../../terminal/terminal.ts';

export interface MapArguments extends GlobalArguments {
  readonly app?: string | undefined;
}

export const mapOptions = <T>(yargs: Argv<T>) =>
  yargs
    .options(shortOptions)
    .option('app', { type: 'string', requiresArg: true, describe: 'Which app, when there are several' });

/** An app and the mapping of its store. */
interface Mapped {
  readonly app: App;
  readonly mapping: Mapping<App>;
}

const withMapping = (app: App): readonly Mapped[] => {
  const { mapping } = moduleNamed(app.backend);
  return mapping ? [{ app, mapping }] : [];
};

/** @throws CommandError usage: it is not clear which app is meant, or its store has no mapping */
export async function mappedApp(given: MapArguments, terminal: Terminal): Promise<Mapped> {
  const { loadAloud } = await import('../../cli/load.ts');
  const { config } = await loadAloud(given, terminal, 'refuse');
  const [first, ...others] = config.apps.filter(({ name }) => (given.app ?? name) === name).flatMap(withMapping);
  if (!first)
    throw new CommandError(
      EXIT.usage,
      `${given.app === undefined ? 'no app' : `the app "${given.app}" is not one that`} has ${backendsWith('mapping')}; only a directory has a mapping`,
    );
  if (others.length > 0)
    throw new CommandError(
      EXIT.usage,
      `--app is needed; with a directory: ${[first, ...others].map(({ app }) => app.name).join(', ')}`,
    );
  return first;
}
