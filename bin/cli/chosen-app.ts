/** What `--app` means. */
import type { App, Config } from '../../connector/config/config.ts';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-codes.ts';

const named = (apps: readonly App[]): string => apps.map(({ name }) => name).join(', ');

/** The one named, or all. @throws CommandError usage: there is no such app */
export function chosenApps({ apps }: Config, name: string | undefined): readonly App[] {
  const chosen = apps.filter((app) => name === undefined || app.name === name);
  if (chosen.length > 0) return chosen;
  throw new CommandError(EXIT.usage, `--app: there is no app "${name}"; configured: ${named(apps)}`);
}

/** @param kind  of apps these are @throws CommandError usage: it is not clear which is meant */
export function onlyApp(apps: readonly App[], kind: string): App {
  const [app, ...others] = apps;
  if (app && others.length === 0) return app;
  throw new CommandError(EXIT.usage, `--app is needed; ${kind}: ${named(apps)}`);
}
