import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { Listen } from '../../config/vocabulary/listen.ts';

/** Unit: ms. */
const PATIENCE = 10_000;
const SPEAKS = /^\{"status":"(ok|unavailable)"\}$/;

/** What answered as a connector does. */
export interface Answer {
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

/**
 * The connector that listens there, if it is one.
 * @param http  it is likelier to speak plain HTTP: asked first, since our own service would take the other for an agent
 *   with a wrong base URL
 */
export async function connectorAt(listen: Listen, http = false): Promise<Answer | undefined> {
  const [first, second] = http ? ([httpRequest, httpsRequest] as const) : ([httpsRequest, httpRequest] as const);
  return (await answer(listen, first)) ?? answer(listen, second);
}
