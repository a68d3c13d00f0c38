/** What `init` does: a configuration file, the certificate, the first credential, and what to do next. */
import { closeSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { addCredential } from '../../connector/auth/credentials/add-credential.ts';
import { listCredentials } from '../../connector/auth/credentials/list-credentials.ts';
import { methodKind } from '../../connector/auth/methods.ts';
import type { App, Config } from '../../connector/config/config.ts';
import { writtenConfig } from '../../connector/config/describe/written-config.ts';
import { type Chosen, chooseSettings } from '../../connector/operations/init/init-settings.ts';
import { credentialOf } from '../../connector/operations/okta/okta.ts';
import { certificateOptions } from '../../connector/run/certificate-options.ts';
import { createPrivateFile } from '../../connector/state/private-file.ts';
import { privateFolder } from '../../connector/state/private-folder.ts';
import { openCertificates } from '../../connector/tls/certificates.ts';
import { describeAuthority } from '../../connector/tls/own/describe-authority.ts';
import type { GlobalArguments } from '../cli/arguments.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { CommandError } from '../cli/failure.ts';
import { flagsOf } from '../cli/setting-flags.ts';
import { firewallRule } from '../host/firewall-rule.ts';
import { isInstalled, places } from '../host/installation.ts';
import { actAsOwner, isRoot, ownConfiguration, ownState, serviceAccount } from '../host/service-account.ts';
import { askSettings } from '../terminal/questions.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface InitArguments extends GlobalArguments {
  readonly answers?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly 'token-name'?: string | undefined;
  readonly 'token-file'?: string | undefined;
}

interface Made {
  readonly name: string;
  readonly secret: string;
  readonly username?: string;
}

/** User name of the first password, when Okta is to use Basic and the configuration names nobody. */
const FIRST_USER = 'okta';

function refuseToOverwrite(file: string, force: boolean): void {
  if (existsSync(file) && !force)
    throw new CommandError(
      EXIT.usage,
      `${file} exists; edit it, name another with --config, or replace it with --force`,
    );
}

/** The old one stays beside the new one. @returns puts everything back as it was */
function writeConfig(file: string, text: string): () => void {
  const [partial, old] = [`${file}.partial`, `${file}.old`];
  privateFolder(dirname(file), 0o750);
  rmSync(partial, { force: true });
  try {
    const handle = createPrivateFile(partial, 0o640);
    writeFileSync(handle, text);
    closeSync(handle);
    const replaces = existsSync(file);
    if (replaces) renameSync(file, old);
    renameSync(partial, file);
    return () => (replaces ? renameSync(old, file) : rmSync(file));
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Folders and files as the service needs them. From here on nothing is done as root any more. */
async function handOver(file: string, stateDir: string): Promise<void> {
  privateFolder(stateDir);
  if (process.platform === 'win32' && isInstalled()) {
    const { runServiceHost } = await import('../host/service/windows-service.ts');
    runServiceHost('protect');
    return;
  }
  const account = isRoot() && isInstalled() ? serviceAccount() : undefined;
  if (!account) return;
  ownConfiguration(dirname(file), file, account);
  ownState(stateDir, account);
  actAsOwner(stateDir);
}

async function makeCertificate(config: Config, terminal: Terminal): Promise<void> {
  if (config.server.http) return;
  const log = { info: (text: string) => terminal.note(text), warn: (text: string) => terminal.warn(text) };
  const certificates = await openCertificates(certificateOptions(config, log));
  certificates.close();
}

async function makeCredential({ state_dir }: Config, { auth }: App, name: string): Promise<Made> {
  const username = methodKind(auth.method).credential === 'basic' ? (auth.username ?? FIRST_USER) : undefined;
  const secret = await addCredential(state_dir, { name, basic: username });
  return { name, secret, ...(username === undefined ? {} : { username }) };
}

/** One for each kind that an app asks for and has none of, neither stored nor set by the configuration. */
async function makeCredentials({ config, settings }: Chosen, name: string): Promise<readonly Made[]> {
  const made: Made[] = [];
  const isFixed = (app: App): boolean =>
    settings.some(
      ({ path: [table, key, , secret = key] }) =>
        (table === 'auth' || (table === 'apps' && key === app.name)) && (secret === 'token' || secret === 'password'),
    );
  for (const app of config.apps.filter((app) => !isFixed(app))) {
    const listed = listCredentials(config.state_dir);
    if (methodKind(app.auth.method).open || credentialOf(app, listed).kind !== 'missing') continue;
    made.push(await makeCredential(config, app, made.length === 0 ? name : `${name}-${app.name}`));
  }
  return made;
}

const quoted = (path: string): string => (/\s/.test(path) ? `"${path}"` : path);

function nextCommands(config: Config, file: string): readonly string[] {
  const installed = isInstalled() && file === places().configFile;
  const flag = installed ? '' : ` --config ${quoted(file)}`;
  const authority = config.server.http || config.tls.source !== 'auto' ? [] : [`scim-connector cert export-ca${flag}`];
  const start = installed ? 'scim-connector service start' : `scim-connector serve${flag}`;
  const firewall = firewallRule(config.server.listen);
  return [
    `scim-connector check${flag}`,
    start,
    ...(firewall === undefined ? [] : [firewall]),
    `scim-connector okta sheet${flag}`,
    ...authority,
  ];
}

export async function init(given: InitArguments, terminal: Terminal): Promise<void> {
  const file = resolve(given.config ?? (isInstalled() ? places().configFile : 'connector.toml'));
  refuseToOverwrite(file, given.force ?? false);
  const interactive = process.stdin.isTTY === true && !given.yes && given.answers === undefined;
  // A flag is an answer too: it is laid over what was typed.
  const flags = [...(interactive ? await askSettings() : []), ...flagsOf(given)];
  const stateDir = isInstalled() ? places().stateDir : resolve(dirname(file), 'connector-data');
  const chosen = await chooseSettings(flags, given.answers, stateDir);
  const { config, settings } = chosen;
  const tokenFile = given['token-file'] === undefined ? undefined : resolve(given['token-file']);
  const takeBack = writeConfig(file, writtenConfig(settings));
  let tokens: number | undefined;
  try {
    // Opened while we may: afterwards we are the service's account.
    tokens = tokenFile === undefined ? undefined : createPrivateFile(tokenFile);
    await handOver(file, config.state_dir);
    await makeCertificate(config, terminal);
    const made = await makeCredentials(chosen, given['token-name'] ?? 'okta');
    if (tokens !== undefined) writeFileSync(tokens, made.map(({ secret }) => `${secret}\n`).join(''));
    await report({ config, file, made, tokenFile, terminal });
  } catch (error) {
    // What is left of a failed attempt would stand in the way of the next one.
    if (tokens !== undefined && tokenFile !== undefined) rmSync(tokenFile, { force: true });
    takeBack();
    throw error;
  } finally {
    if (tokens !== undefined) closeSync(tokens);
  }
}

interface Report {
  readonly config: Config;
  readonly file: string;
  readonly made: readonly Made[];
  readonly tokenFile: string | undefined;
  readonly terminal: Terminal;
}

async function report({ config, file, made, tokenFile, terminal }: Report): Promise<void> {
  const authority = config.server.http ? undefined : await describeAuthority(config.state_dir);
  const next = nextCommands(config, file);
  if (terminal.json) {
    const credentials = made.map(({ secret, ...shown }) => (tokenFile === undefined ? { ...shown, secret } : shown));
    const ca =
      authority === undefined ? {} : { ca: { file: authority.file, fingerprint256: authority.fingerprint256 } };
    terminal.printJson({ config: file, state_dir: config.state_dir, ...ca, credentials, next });
    return;
  }
  terminal.print(`configuration  ${file}`);
  terminal.print(`state          ${config.state_dir}`);
  if (authority) terminal.print(`CA             ${authority.file}, SHA-256 ${authority.fingerprint256}`);
  for (const { name, username, secret } of made) {
    const what = username === undefined ? `token "${name}"` : `password of "${username}"`;
    terminal.print(`credential     ${what}: ${tokenFile === undefined ? `${secret}   (shown this once)` : tokenFile}`);
  }
  terminal.print(`\nNext:\n${next.map((command) => `  ${command}`).join('\n')}`);
}
