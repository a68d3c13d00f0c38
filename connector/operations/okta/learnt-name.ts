import { type Finding, warning } from '../../backend/module/finding.ts';
import type { App, Config } from '../../config/config.ts';
import { readVitals } from '../../vitals/vitals-state.ts';

/** What Okta has been seen to call the app; undefined until custom attributes have come. */
export const learntName = ({ state_dir }: Pick<Config, 'state_dir'>, { name }: Pick<App, 'name'>): string | undefined =>
  readVitals(state_dir)?.oktaApps?.find(({ app }) => app === name)?.name;

/** The line of the configuration that is wrong, where Okta calls the app otherwise. */
export function nameMismatch(
  config: Pick<Config, 'state_dir'>,
  app: Pick<App, 'name' | 'okta_app'>,
): Finding | undefined {
  const learnt = learntName(config, app);
  if (learnt === undefined || learnt.toLowerCase() === app.okta_app.toLowerCase()) return undefined;
  return warning(
    `Okta calls this app ${JSON.stringify(learnt)} and okta_app is ${JSON.stringify(app.okta_app)}: an import asks for custom attributes that never come; set okta_app = ${JSON.stringify(learnt)} under [apps.${app.name}]`,
  );
}
