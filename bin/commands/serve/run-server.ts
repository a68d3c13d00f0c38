/** What `serve` does: load, open, listen, say so, and drain when asked to stop. */
import type { Config } from '../../../connector/config/config.ts';
import { EVENTS, logEvent } from '../../../connector/log/event.ts';
import { createLogger, type Logger } from '../../../connector/log/logger.ts';
import {
  type FirstCredential,
  makeQuickStartCredential,
  takeBack,
} from '../../../connector/operations/credential/first-credential.ts';
import { Connector } from '../../../connector/run/connector.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { loadAloud } from '../../cli/load.ts';
import { release } from '../../cli/version.ts';
import { notifyReady } from '../../host/notify-ready.ts';
import type { Signals } from '../../host/signals.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { announce, warnOfLocked } from './announce.ts';
import { auditConfiguration } from './audit-configuration.ts';
import { reload } from './reload.ts';

export interface ServeArguments extends GlobalArguments {
  readonly quickstart?: boolean | undefined;
  /** Given by the Windows service host. */
  readonly 'stop-on-stdin-end'?: boolean | undefined;
}

/** Into the log and not to the terminal as Node would: the text may quote a request. */
function logBugs(log: Logger, flush: () => void): void {
  process.on('uncaughtException', (err) => {
    log.fatal({ event: EVENTS.bug.id, err }, 'a bug has ended the connector; please report this line');
    flush();
    process.exit(EXIT.unexpected);
  });
}

/** A connector that answers. @param made  taken back when there is none: nobody has seen it, a later start makes another */
async function started(config: Config, log: Logger, made: FirstCredential | undefined): Promise<Connector> {
  let connector: Connector | undefined;
  try {
    connector = await Connector.open(config, log, release.version);
    await connector.listen();
    return connector;
  } catch (error) {
    if (made) await takeBack(config, made);
    await connector?.close();
    throw error;
  }
}

export async function runServer(given: ServeArguments, terminal: Terminal, signals: Signals): Promise<void> {
  const loaded = await loadAloud(given, terminal, 'refuse');
  const { config } = loaded;
  const { log, flush } = await createLogger({ ...config.log });
  signals.beforeExit(flush);
  logBugs(log, flush);
  try {
    const made = given.quickstart ? await makeQuickStartCredential(config) : undefined;
    const connector = await started(config, log, made);
    try {
      await auditConfiguration(loaded, 'service start', log);
      await announce(connector, config, { made, withSheets: given.quickstart === true }, terminal);
      await warnOfLocked(config, terminal);
      notifyReady(log);
      signals.onReload(() => reload(connector, given, log));
      await signals.stopped;
      log.info('stopping: running requests may finish');
    } finally {
      // Also where something fails once it listens: nobody could stop it any more.
      await connector.close();
    }
    logEvent(log, 'stopped', {}, 'stopped');
  } finally {
    flush();
  }
}
