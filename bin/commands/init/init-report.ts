import type { Config } from '../../../connector/config/config.ts';
import { listedCredentials } from '../../../connector/operations/credential/credential-desk.ts';
import type { FirstCredential } from '../../../connector/operations/credential/first-credential.ts';
import type { Initialised } from '../../../connector/operations/init/initialise.ts';
import { type BaseUrl, baseUrlsOf } from '../../../connector/operations/okta/base-urls.ts';
import { originOf } from '../../../connector/run/origin.ts';
import { widthOf } from '../../terminal/line-width.ts';
import { baseUrlFields, fieldLines } from '../../terminal/okta-text.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { nextCommands } from './next-commands.ts';

interface InitReport extends Initialised {
  readonly config: Config;
  readonly file: string;
  /** Holds the secrets, which then are not shown. */
  readonly credentialFile: string | undefined;
}

function json({ config, file, authority, credentials, credentialFile }: InitReport): object {
  return {
    config: file,
    state_dir: config.state_dir,
    ...(authority ? { ca: { file: authority.file, fingerprint256: authority.fingerprint256 } } : {}),
    credentials: credentials.map(({ secret, ...shown }) =>
      credentialFile === undefined ? { ...shown, secret } : shown,
    ),
    base_urls: urlsOf(config),
    next: nextCommands(config, file),
  };
}

/** Of the one app that was set up. */
function urlsOf(config: Config): readonly BaseUrl[] {
  const [app] = config.apps;
  return app ? baseUrlsOf(app, `${originOf(config, config.server.listen.port)}${app.path}`) : [];
}

const credentialLine = ({ name, username, secret }: FirstCredential, file: string | undefined): string =>
  `credential     ${username === undefined ? `token "${name}"` : `password of "${username}"`}: ${file ?? `${secret}   (shown this once)`}`;

/** Why none was made. */
async function kept(config: Config): Promise<string> {
  const names = (await listedCredentials(config)).map(({ name }) => `"${name}"`);
  return names.length === 0 ? 'as the configuration says' : `${names.join(', ')} from before: still accepted`;
}

/** What was made, and what to do next. */
export async function reportInit(report: InitReport, terminal: Terminal): Promise<void> {
  if (terminal.json) {
    terminal.printJson(json(report));
    return;
  }
  const { config, file, authority, credentials, credentialFile } = report;
  terminal.print(`configuration  ${file}`);
  terminal.print(`state          ${config.state_dir}`);
  if (authority) terminal.print(`CA             ${authority.file}, SHA-256 ${authority.fingerprint256}`);
  for (const credential of credentials) terminal.print(credentialLine(credential, credentialFile));
  if (credentials.length === 0) terminal.print(`credential     ${await kept(config)}`);
  terminal.print(`\n${fieldLines(baseUrlFields(urlsOf(config)), widthOf(process.stdout))}`);
  const next = nextCommands(config, file).map((command) => `  ${command}`);
  terminal.print(`\nNext:\n${next.join('\n')}`);
}
