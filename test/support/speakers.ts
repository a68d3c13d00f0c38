import { send } from './send.ts';
import type { Speaker, TestServer } from './start-server.ts';

const speaker = (url: string): Speaker => ({
  url,
  request: (verb, path, body, headers) => send(`${url}${path}`, verb, body, headers),
});

/** @param url  base URL of the server's first protocol */
export function speakers(
  url: string,
  version: '1.1' | '2.0' | undefined,
): Pick<TestServer, 'url' | 'request' | 'speaking'> {
  const speaking = (wanted: '1.1' | '2.0'): Speaker =>
    speaker(url.replace(/\/v[12]$/, wanted === '2.0' ? '/v2' : '/v1'));
  return { ...(version === undefined ? speaker(url) : speaking(version)), speaking };
}
