import { logEvent } from '../../../connector/log/event.ts';
import type { Logger } from '../../../connector/log/logger.ts';
import type { Connector } from '../../../connector/run/connector.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { loadSilently } from '../../cli/load.ts';
import { auditConfiguration } from './audit-configuration.ts';

/** Takes up changed settings, or keeps the old ones and says why. */
export async function reload(connector: Connector, given: GlobalArguments, log: Logger): Promise<void> {
  // First, and whatever the configuration is like: a revoked credential must not outlive it.
  connector.credentials.readAgain();
  try {
    const loaded = await loadSilently(given, 'refuse');
    const { config, warnings } = loaded;
    await connector.reload(config);
    await auditConfiguration(loaded, 'configuration reload', log);
    log.level = config.log.level;
    for (const warning of warnings) log.warn(warning);
    logEvent(connector.log, 'reloaded', {}, 'configuration read again and in force');
  } catch (error) {
    const reasons = error instanceof Error ? error.message.split('\n') : [String(error)];
    for (const reason of reasons)
      logEvent(connector.log, 'reloadRefused', {}, `keeping the configuration in use: ${reason}`);
  }
}
