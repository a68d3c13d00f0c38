import { type Finding, ok, warning } from '../../backend/module/finding.ts';
import type { Config } from '../../config/config.ts';
import { formatListen } from '../../config/vocabulary/listen.ts';
import { certificateInUse } from '../certificate/certificate-in-use.ts';
import { OperationError } from '../operation-error.ts';
import { portHolder } from '../port-holder.ts';
import { type Answer, connectorAt } from './connector-at.ts';
import { obstacle, obstacleError } from './obstacle.ts';

/** Of our certificate; undefined in plain HTTP, and where there is none that can be read. */
async function ownFingerprint(config: Config): Promise<string | undefined> {
  if (config.server.http) return undefined;
  const silent = { info: () => undefined, warn: () => undefined };
  const inUse = await certificateInUse(config, silent).catch(() => undefined);
  return inUse?.certificate.fingerprint256;
}

/** @throws OperationError  it is another connector's */
async function heldByConnector(config: Config, { fingerprint }: Answer, held: string): Promise<Finding> {
  const own = await ownFingerprint(config);
  if (own === fingerprint) return ok(held);
  if (own === undefined && config.tls.source === 'auto' && !config.server.http)
    throw new OperationError(
      'usage',
      `${held}, and this one was never started; choose another port with server.listen`,
    );
  return warning(`${held}, with another certificate than ours: another one, or this one before its restart`);
}

/**
 * A running service has its port already: that is no fault before its restart. Nothing is said of a free one.
 * @throws OperationError  `serve` could not listen there
 */
export async function checkPort(config: Config): Promise<readonly Finding[]> {
  const { listen } = config.server;
  const code = await obstacle(listen);
  if (code === undefined) return [];
  if (code !== 'EADDRINUSE') throw obstacleError(code, listen, 'server.listen');
  const holder = portHolder(listen.port, listen.host);
  const connector = await connectorAt(listen, config.server.http);
  const held = `${formatListen(listen)} is taken by a connector that runs${holder ? `: ${holder}` : ''}`;
  if (connector) return [await heldByConnector(config, connector, held)];
  // Another check may have looked that moment.
  if ((await obstacle(listen)) === undefined) return [];
  throw obstacleError(code, listen, 'server.listen', holder);
}
