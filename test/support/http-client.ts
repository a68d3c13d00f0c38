import { type HttpClientOptions, HttpClient as PlainClient } from '../../connector/simulator/http-client.ts';
import { scaled } from './pace.ts';

export type { Answer } from '../../connector/simulator/http-client.ts';

/** As patient as this machine is slow. */
export class HttpClient extends PlainClient {
  constructor({ timeout = scaled(30_000), ...options }: HttpClientOptions = {}) {
    super({ timeout, ...options });
  }
}
