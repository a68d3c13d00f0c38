import { type Finding, failed, ok, warning } from '../../backend/module/finding.ts';
import { formatListen, type Listen } from '../../config/vocabulary/listen.ts';
import { connectorAt } from '../check/connector-at.ts';
import { obstacle, obstacleError } from '../check/obstacle.ts';
import { portHolder } from '../port-holder.ts';

/** Whether a service could listen there, now. A connector that does so already is no fault. */
export async function checkPortFree(listen: Listen): Promise<Finding> {
  const code = await obstacle(listen);
  if (code === undefined) return ok(`${formatListen(listen)} is free`);
  const holder = portHolder(listen.port, listen.host);
  if (code === 'EADDRINUSE' && (await connectorAt(listen)) !== undefined)
    return warning(
      `${formatListen(listen)} is taken by a connector that runs${holder ? `: ${holder}` : ''}; fine if it is the one to be set up anew`,
    );
  return failed(obstacleError(code, listen, 'server.listen', holder).message);
}
