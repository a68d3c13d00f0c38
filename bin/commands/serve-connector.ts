/** What `serve` does: load, open, listen, say so, and drain when asked to stop. */

import { addCredential } from '../../connector/auth/credentials/add-credential.ts';
import { listCredentials } from '../../connector/auth/credentials/list-credentials.ts';
import { revokeCredential } from '../../connector/auth/credentials/revoke-credential.ts';
import { methodKind } from '../../connector/auth/methods.ts';
import type { Config } from '../../connector/config/config.ts';
import { createLogger, type Logger } from '../../connector/log/logger.ts';
import type { Credential } from '../../connector/operations/credential/credential-hint.ts';
import { credentialOf, sheetOf } from '../../connector/operations/okta/okta.ts';
import { Connector } from '../../connector/run/connector.ts';
import type { GlobalArguments } from '../cli/arguments.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { load, loadAloud } from '../cli/load.ts';
import { notifyReady } from '../host/notify-ready.ts';
import { Signals } from '../host/signals.ts';
import { sheetText } from '../terminal/okta-text.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface ServeArguments extends GlobalArguments {
  readonly quickstart?: boolean | undefined;
  /** Given by the Windows service host. */
  readonly 'stop-on-stdin-end'?: boolean | undefined;
}

/** Name of the token that the quick start makes, and user name when Basic is configured. */
const FIRST = 'first';
const FIRST_USER = 'okta';

/** A first credential for whoever starts for the first time; `undefined` when there is one already. */
async function makeFirst(config: Config): Promise<Credential | undefined> {
  const listed = listCredentials(config.state_dir);
  const lacking = config.apps.find(({ auth }) => !methodKind(auth.method).open);
  if (listed.length > 0 || !lacking || credentialOf(lacking, listed).kind !== 'missing') return undefined;
  const basic = methodKind(lacking.auth.method).credential === 'basic' ? FIRST_USER : undefined;
  const secret = await addCredential(config.state_dir, { name: FIRST, basic });
  return { kind: 'new', secret, ...(basic === undefined ? {} : { username: basic }) };
}

function warnOfMissing(config: Config, terminal: Terminal): void {
  const listed = listCredentials(config.state_dir);
  for (const app of config.apps) {
    const { open, credential } = methodKind(app.auth.method);
    if (open || credentialOf(app, listed).kind !== 'missing') continue;
    terminal.warn(
      `app ${app.name} has no credential, so every request is answered 401; make one with: token add NAME${credential === 'basic' ? ' --basic USER' : ''}`,
    );
  }
}

async function announce(connector: Connector, config: Config, terminal: Terminal): Promise<void> {
  for (const url of connector.baseUrls) terminal.print(`listening on ${url}`);
  warnOfMissing(config, terminal);
}

async function printSheets(
  connector: Connector,
  config: Config,
  made: Credential | undefined,
  terminal: Terminal,
): Promise<void> {
  const listed = listCredentials(config.state_dir);
  for (const [i, app] of config.apps.entries()) {
    const mine = credentialOf(app, listed).names?.includes(FIRST) ?? false;
    const sheet = await sheetOf(config, app, { baseUrl: connector.baseUrls[i] ?? '', made: mine ? made : undefined });
    terminal.print(`\n${sheetText(sheet, 'text')}`);
  }
}

/** Takes up changed settings, or keeps the old ones and says why. */
async function reload(connector: Connector, given: ServeArguments, log: Logger): Promise<void> {
  try {
    const { config, warnings } = await load(given, 'refuse');
    await connector.reload(config);
    log.level = config.log.level;
    for (const warning of warnings) log.warn(warning);
    log.info('configuration read again and in force');
  } catch (error) {
    const reasons = error instanceof Error ? error.message.split('\n') : [String(error)];
    for (const reason of reasons) log.error(`keeping the configuration in use: ${reason}`);
  }
}

export async function serve(given: ServeArguments, terminal: Terminal): Promise<void> {
  const signals = new Signals(given['stop-on-stdin-end'] ? process.stdin : undefined);
  try {
    await serveUntilStopped(given, terminal, signals);
  } finally {
    signals.close();
  }
}

async function serveUntilStopped(given: ServeArguments, terminal: Terminal, signals: Signals): Promise<void> {
  const { config } = await loadAloud(given, terminal, 'refuse');
  const { log, flush } = await createLogger({ ...config.log });
  signals.beforeExit(flush);
  // Into the log and not to the terminal as Node would: the text may quote a request.
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'a bug has ended the connector; please report this line');
    flush();
    process.exit(EXIT.unexpected);
  });
  const made = given.quickstart ? await makeFirst(config) : undefined;
  let connector: Connector | undefined;
  try {
    connector = await Connector.open(config, log);
    await connector.listen();
  } catch (error) {
    // Nobody has seen it: a later start makes another.
    if (made) await revokeCredential(config.state_dir, FIRST);
    await connector?.close();
    flush();
    throw error;
  }
  const running = connector;
  await announce(running, config, terminal);
  notifyReady(log);
  if (given.quickstart) await printSheets(running, config, made, terminal);
  signals.onReload(() => reload(running, given, log));
  await signals.stopped;
  log.info('stopping: running requests may finish');
  await running.close();
  log.info('stopped');
  flush();
}
