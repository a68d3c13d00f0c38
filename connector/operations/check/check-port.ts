import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import { type Finding, ok, warning } from '../../backend/module/finding.ts';
import type { Config } from '../../config/config.ts';
import { formatListen, type Listen } from '../../config/vocabulary/listen.ts';
import { certificateInUse } from '../certificate/certificate-in-use.ts';
import { OperationError } from '../operation-error.ts';
import { portHolder } from '../port-holder.ts';
import { obstacle, obstacleError } from './obstacle.ts';

/** Unit: ms. */
const PATIENCE = 10_000;
const SPEAKS = /^\{"status":"(ok|unavailable)"\}$/;

/** What answered as a connector does. */
interface Answer {
  /** Of the certificate it showed; none over plain HTTP. */
  readonly fingerprint: string | undefined;
}

/** Nothing is sent, and nothing believed but that it speaks as a connector. */
function answer({ host, port }: Listen, send: typeof httpRequest): Promise<Answer | undefined> {
  const anywhere = host === undefined || host === '0.0.0.0' || host === '::';
  const options = { host: anywhere ? 'localhost' : host, port, path: '/healthz', timeout: PATIENCE };
  return new Promise((resolve) => {
    const sent = send({ ...options, rejectUnauthorized: false } as object);
    sent.once('response', (response) => {
      const { socket } = response;
      const shown = socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.fingerprint256 : undefined;
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        if (text.length < 100) text += part;
      });
      response.once('end', () => resolve(SPEAKS.test(text) ? { fingerprint: shown } : undefined));
      response.once('error', () => resolve(undefined));
    });
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => resolve(undefined));
    sent.end();
  });
}

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
  // As we would speak there first: our own service would take the other for an agent with a wrong base URL.
  const ways = config.server.http ? [httpRequest, httpsRequest] : [httpsRequest, httpRequest];
  let connector: Answer | undefined;
  for (const send of ways) connector ??= await answer(listen, send);
  const held = `${formatListen(listen)} is taken by a connector that runs${holder ? `: ${holder}` : ''}`;
  if (connector) return [await heldByConnector(config, connector, held)];
  // Another check may have looked that moment.
  if ((await obstacle(listen)) === undefined) return [];
  throw obstacleError(code, listen, 'server.listen', holder);
}
