import { type Finding, ok } from '../../backend/module/finding.ts';
import type { Config } from '../../config/config.ts';
import { formatListen, type Listen } from '../../config/vocabulary/listen.ts';
import { portHolder } from '../port-holder.ts';
import { obstacle, obstacleError } from './obstacle.ts';

/** Unit: ms. */
const PATIENCE = 10_000;

/** Whether a connector answers there. */
async function isConnector(listen: Listen): Promise<boolean> {
  try {
    const reply = await fetch(`http://${formatListen(listen)}/metrics`, { signal: AbortSignal.timeout(PATIENCE) });
    return /^scim_connector_build_info\{/m.test(await reply.text());
  } catch {
    return false;
  }
}

/**
 * A running service has its metrics there already: that is no fault before its restart. Nothing is said of a free port.
 * @throws OperationError  `serve` could not listen there
 */
export async function checkMetricsPort({ metrics: { listen }, server }: Config): Promise<readonly Finding[]> {
  if (listen === undefined) return [];
  const code = await obstacle(listen);
  if (code === undefined) return [];
  const holder = portHolder(listen.port, listen.host);
  // Where the system does not say whose port it is, what answers there has to do.
  const isOurs = holder === portHolder(server.listen.port, server.listen.host) && (await isConnector(listen));
  if (code !== 'EADDRINUSE' || !isOurs) throw obstacleError(code, listen, 'metrics.listen', holder);
  return [ok(`${formatListen(listen)} has the metrics of a connector that runs${holder ? `: ${holder}` : ''}`)];
}
