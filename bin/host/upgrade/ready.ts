import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../../../connector/config/config.ts';

/** Unit: ms. */
const RETRY_EVERY = 250;
const ONE_TRY = 5000;

/** What the server answers to `/readyz` on this machine; 0 when it does not. */
function answer({ server }: Config): Promise<number> {
  const { host, port } = server.listen;
  const anywhere = host === undefined || host === '0.0.0.0' || host === '::';
  const options = { host: anywhere ? '127.0.0.1' : host, port, path: '/readyz', timeout: ONE_TRY };
  return new Promise((resolve) => {
    // Nothing is sent and nothing believed but the status, so whose certificate it is does not matter.
    const sent = server.http ? httpRequest(options) : httpsRequest({ ...options, rejectUnauthorized: false });
    sent.once('response', (response) => resolve(response.resume().statusCode ?? 0));
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => resolve(0));
    sent.end();
  });
}

/** Whether the service answers that it is ready before the time is over. @param patience  unit: ms */
export async function becomesReady(config: Config, patience: number): Promise<boolean> {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    if ((await answer(config)) === 200) return true;
    await pause(RETRY_EVERY);
  }
  return false;
}
