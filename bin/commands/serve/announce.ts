import type { Config } from '../../../connector/config/config.ts';
import { accepts, lockedApps } from '../../../connector/operations/credential/caller-credential.ts';
import type { FirstCredential } from '../../../connector/operations/credential/first-credential.ts';
import { sheetOf } from '../../../connector/operations/okta/okta-sheet.ts';
import type { Connector } from '../../../connector/run/connector.ts';
import { programName } from '../../host/program-name.ts';
import { sheetText } from '../../terminal/okta-text.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** Where it listens, and which apps nobody can log in to. */
export function announce({ baseUrls }: Connector, config: Config, terminal: Terminal): void {
  for (const url of baseUrls) terminal.print(`listening on ${url}`);
  for (const app of lockedApps(config)) {
    const basic = accepts(app, 'basic') ? ' --basic USER' : '';
    terminal.warn(
      `app ${app.name} has no credential, so every request is answered 401; make one with: ${programName()} token add NAME${basic}${config.file === undefined ? '' : ` --config ${config.file}`}`,
    );
  }
}

/** What to enter in Okta, for every app. */
export async function printSheets(
  { baseUrls }: Connector,
  config: Config,
  made: FirstCredential | undefined,
  terminal: Terminal,
): Promise<void> {
  for (const [i, app] of config.apps.entries()) {
    const sheet = await sheetOf(config, app, { baseUrl: baseUrls[i] ?? '', made });
    terminal.print(`\n${sheetText(sheet, 'text')}`);
  }
}
