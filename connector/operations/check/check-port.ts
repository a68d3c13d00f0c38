import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createServer } from 'node:net';
import { type Finding, ok } from '../../backend/module/finding.ts';
import type { Config } from '../../config/config.ts';
import { formatListen, type Listen } from '../../config/vocabulary/listen.ts';
import { OperationError } from '../operation-error.ts';
import { portHolder } from '../port-holder.ts';

/** Unit: ms. */
const PATIENCE = 3000;

/** Takes the address for a moment. @returns the system's word for what stands in the way */
async function obstacle({ host, port }: Listen): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen({ port, ...(host === undefined ? {} : { host }) });
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown error';
  } finally {
    server.close();
  }
}

/** Whether a connector answers there: nothing is sent, and nothing believed but that it speaks as one. */
function answersAsConnector({ host, port }: Listen, send: typeof httpRequest): Promise<boolean> {
  const anywhere = host === undefined || host === '0.0.0.0' || host === '::';
  const options = { host: anywhere ? 'localhost' : host, port, path: '/healthz', timeout: PATIENCE };
  return new Promise((resolve) => {
    const sent = send({ ...options, rejectUnauthorized: false } as object);
    sent.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        if (text.length < 100) text += part;
      });
      response.once('end', () => resolve(/^\{"status":"(ok|unavailable)"\}$/.test(text)));
      response.once('error', () => resolve(false));
    });
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => resolve(false));
    sent.end();
  });
}

/**
 * A running service has its port already: that is no fault before its restart. Nothing is said of a free one.
 * @throws OperationError  `serve` could not listen there
 */
export async function checkPort({ server: { listen } }: Config): Promise<readonly Finding[]> {
  const at = formatListen(listen);
  switch (await obstacle(listen)) {
    case undefined:
      return [];
    case 'EADDRINUSE': {
      const holder = portHolder(listen.port, listen.host);
      const tries = await Promise.all([httpRequest, httpsRequest].map((send) => answersAsConnector(listen, send)));
      if (tries.includes(true)) return [ok(`${at} is taken by a connector that runs${holder ? `: ${holder}` : ''}`)];
      // Another check may have looked that moment.
      if ((await obstacle(listen)) === undefined) return [];
      throw new OperationError(
        'usage',
        `${at} is taken by ${holder ?? 'another program'}; end it, or choose another port with server.listen`,
      );
    }
    case 'EADDRNOTAVAIL':
      throw new OperationError('unexpected', `${at} is no address of this machine; check server.listen`);
    case 'EACCES':
      throw new OperationError('secret', `${at}: permission denied; use a port above 1023`);
    default:
      throw new OperationError('unexpected', `${at} cannot be listened at; check server.listen`);
  }
}
