import type { Config } from '../../../connector/config/config.ts';
import { accepts, lockedApps } from '../../../connector/operations/credential/caller-credential.ts';
import type { FirstCredential } from '../../../connector/operations/credential/first-credential.ts';
import { baseUrlsOf } from '../../../connector/operations/okta/base-urls.ts';
import { type Sheet, sheetOf } from '../../../connector/operations/okta/okta-sheet.ts';
import type { Connector } from '../../../connector/run/connector.ts';
import { ScimError } from '../../../connector/scim/error.ts';
import { programName } from '../../host/program-name.ts';
import { sheetText } from '../../terminal/okta-text.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** Of the version that is not the first. */
const FOR = ' (entitlements, schema import, Microsoft Entra)';

/** Where it listens, and what to enter in Okta where that is asked for. */
export async function announce(
  connector: Connector,
  config: Config,
  { made, withSheets }: { readonly made: FirstCredential | undefined; readonly withSheets: boolean },
  terminal: Terminal,
): Promise<void> {
  const { baseUrls } = connector;
  const sheets = withSheets ? await sheetsOf(connector, config, made) : [];
  if (terminal.json) {
    const listening = config.apps.map((app, i) => ({
      app: app.name,
      url: baseUrls[i],
      base_urls: baseUrlsOf(app, baseUrls[i] ?? ''),
    }));
    terminal.printJson({ listening, ...(withSheets ? { sheets } : {}) });
    return;
  }
  if (!terminal.quiet) {
    for (const url of baseUrls) terminal.print(`listening on ${url}`);
    for (const { version, url } of connector.furtherUrls) terminal.print(`${version} at ${url}${FOR}`);
  }
  for (const sheet of sheets) terminal.print(`\n${sheetText(sheet, 'text')}`);
}

/** Which apps nobody can log in to. It serves by now: a database that goes away at this moment does not end that. */
export async function warnOfLocked(config: Config, terminal: Pick<Terminal, 'warn'>): Promise<void> {
  const locked = await lockedApps(config).catch((error: unknown) => {
    if (!(error instanceof ScimError)) throw error;
    terminal.warn(`not looked whether every app has a credential: ${error.message}`);
    return [];
  });
  for (const app of locked) {
    const basic = accepts(app, 'basic') ? ' --basic USER' : '';
    terminal.warn(
      `app ${app.name} has no credential, so every request is answered 401; make one with: ${programName()} token add NAME${basic}${config.file === undefined ? '' : ` --config ${config.file}`}`,
    );
  }
}

/** What to enter in Okta, for every app. */
const sheetsOf = (
  { baseUrls }: Connector,
  config: Config,
  made: FirstCredential | undefined,
): Promise<readonly Sheet[]> =>
  Promise.all(config.apps.map((app, i) => sheetOf(config, app, { baseUrl: baseUrls[i] ?? '', made })));
