import { type Finding, ok, warning } from '../../backend/module/finding.ts';
import type { App, Config } from '../../config/config.ts';
import { originOf } from '../../run/origin.ts';
import { readVitals } from '../../vitals/vitals-state.ts';
import { baseUrlsOf, oktaUrl } from '../okta/base-urls.ts';

/** Which base URL is for Okta, which for what else; and whether what is configured can be had over the one that is used. */
export function checkVersions(config: Config, app: App): Finding {
  const baseUrl = `${originOf(config, config.server.listen.port)}${app.path}`;
  const wanted = oktaUrl(app, baseUrl);
  const needsNewer = app.entitlements.length > 0;
  if (needsNewer && !app.versions.includes('2.0'))
    return warning(
      `entitlements are configured, and SCIM 1.1 has none: add "2.0" to versions under [apps.${app.name}], and enter the base URL that ends in /v2/`,
    );
  const spoken = readVitals(config.state_dir)?.versions?.filter((one) => one.app === app.name) ?? [];
  if (needsNewer && spoken.length > 0 && spoken.every(({ version }) => version === '1.1'))
    return warning(`entitlements are configured, and Okta speaks SCIM 1.1, which has none: enter ${wanted} in Okta`);
  const others = Map.groupBy(
    baseUrlsOf(app, baseUrl).filter(({ url }) => url.replace(/\/$/, '') !== wanted.replace(/\/$/, '')),
    ({ url }) => url.replace(/\/$/, ''),
  );
  const rest = [...others].map(([url, all]) => `${url}/ for ${all.map(({ purpose }) => purpose).join(', ')}`);
  return ok([`enter ${wanted} in Okta`, ...rest].join('; '));
}
