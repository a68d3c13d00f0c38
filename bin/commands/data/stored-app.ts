import type { Argv } from 'yargs';
import { catalogue, moduleNamed } from '../../../connector/backend/catalogue.ts';
import type { Intake, StoreFile } from '../../../connector/backend/module/transfer.ts';
import type { App } from '../../../connector/config/config.ts';
import type { StoredApp } from '../../../connector/operations/transfer/stored-app.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import type { LoadedHere } from '../../cli/load.ts';
import { shortOptions, shortOptionsOf } from '../../cli/setting-flags.ts';

export interface DataArguments extends GlobalArguments {
  readonly app?: string | undefined;
}

/** The backends whose stores these commands copy. */
const copied = catalogue.filter(({ transfer }) => transfer);

/** Those stores, for people. */
export const STORES = copied.flatMap(({ transfer }) => transfer?.what ?? []).join(' or ');

export const dataOptions = (yargs: Argv): Argv =>
  yargs
    .options({ backend: { ...shortOptions.backend, choices: copied.map(({ name }) => name) } })
    .options(shortOptionsOf(copied))
    .option('app', { type: 'string', requiresArg: true, describe: 'Which app, when there are several' });

/** An app's store, and the configuration it stands in. */
export interface StoredHere extends StoredApp {
  readonly loaded: LoadedHere;
}

/** An app whose store takes what is in a file. */
export interface FillableHere extends Omit<StoredHere, 'store'> {
  readonly store: Intake<App>;
}

/** @throws CommandError usage, as `storedApp`; or people come into it another way */
export async function fillableApp(given: DataArguments): Promise<FillableHere> {
  const { store, ...here } = await storedApp(given);
  if (store.intake) return { ...here, store: store.intake };
  const { name, place } = moduleNamed(here.app.backend);
  throw new CommandError(
    EXIT.usage,
    `the app ${here.app.name} keeps people in ${place}, which takes no file: import it with --backend sqlite --db NEW.db, and move them with "data migrate --from sqlite --to ${name} --db NEW.db"`,
  );
}

/** An app whose store is one file of ours. */
export interface FileHere extends Omit<StoredHere, 'store'> {
  readonly store: StoreFile<App>;
}

/** @throws CommandError usage, as `storedApp`; or the store's own tools back it up */
export async function storedFile(given: DataArguments, verb: string): Promise<FileHere> {
  const { store, ...here } = await storedApp(given);
  if (store.file) return { ...here, store: store.file };
  const { place, tools = 'its own tools' } = moduleNamed(here.app.backend);
  throw new CommandError(
    EXIT.usage,
    `the app ${here.app.name} keeps people in ${place}, which has no file for "data ${verb}"; use ${tools}`,
  );
}

/** @throws CommandError usage: it is not clear which app is meant, or other tools copy its store */
export async function storedApp(given: DataArguments): Promise<StoredHere> {
  const [{ load }, { chosenApps, onlyApp }] = await Promise.all([
    import('../../cli/load.ts'),
    import('../../cli/chosen-app.ts'),
  ]);
  // Another store of the app may be meant than the one that is served.
  const loaded = await load(given, 'warn', 'take');
  const app = onlyApp(chosenApps(loaded.config, given.app), 'configured');
  const { transfer: store, place, tools = 'other tools' } = moduleNamed(app.backend);
  if (store) return { app, store, loaded };
  throw new CommandError(
    EXIT.usage,
    `the app ${app.name} keeps people in ${place}, and "data" works on ${STORES} alone; use ${tools}`,
  );
}
