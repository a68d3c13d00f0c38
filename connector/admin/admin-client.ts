import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AdminMethod } from './admin-route.ts';
import { ChannelError, type ChannelFailure } from './channel-error.ts';
import { currentPlace, type Place } from './channel-place.ts';
import { readJson } from './read-json.ts';

/** Unit: ms. */
const PATIENCE = 30_000;
/** Unit: bytes. */
const MOST_ANSWERED = 16 * 1024 * 1024;

const RIGHTS = process.platform === 'win32' ? 'use an elevated prompt' : 'use sudo';
const FORBIDDEN = `only its own account and administrators may ask the service; ${RIGHTS}`;

const WHY: Readonly<Record<string, readonly [ChannelFailure, string]>> = {
  ENOENT: ['absent', 'the service does not run'],
  ENOTDIR: ['absent', 'the service does not run'],
  ECONNREFUSED: ['absent', 'the service does not run'],
  EACCES: ['forbidden', FORBIDDEN],
  EPERM: ['forbidden', FORBIDDEN],
};

function channelError(error: unknown): ChannelError {
  const [why, message] = WHY[(error as NodeJS.ErrnoException).code ?? ''] ?? [];
  if (why !== undefined && message !== undefined) return new ChannelError(why, message, error);
  return new ChannelError('silent', 'the service does not answer', error);
}

/** Asks the running service of a state folder. */
export class AdminClient {
  readonly #stateDir: string;
  readonly #patience: number;

  /** @param patience  unit: ms */
  constructor(stateDir: string, patience = PATIENCE) {
    this.#stateDir = stateDir;
    this.#patience = patience;
  }

  /** @param path  with its query, if any @returns what the route answers @throws ChannelError */
  get<T>(path: string): Promise<T> {
    return this.#ask('GET', path, undefined);
  }

  /** @throws ChannelError */
  post<T>(path: string, body?: unknown): Promise<T> {
    return this.#ask('POST', path, body);
  }

  async #ask<T>(method: AdminMethod, path: string, body: unknown): Promise<T> {
    const place = this.#place();
    try {
      const sent = request({ socketPath: place.address, method, path, signal: AbortSignal.timeout(this.#patience) });
      // Told once already, where the answer is read.
      sent.on('error', () => undefined);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      const answer = await readJson(response, MOST_ANSWERED);
      if (response.statusCode === 200) return answer as T;
      throw new ChannelError('refused', String((answer as { error?: unknown } | undefined)?.error));
    } catch (error) {
      throw error instanceof ChannelError ? error : channelError(error);
    } finally {
      place.release();
    }
  }

  #place(): Place {
    try {
      const place = currentPlace(this.#stateDir);
      if (place) return place;
    } catch (error) {
      throw channelError(error);
    }
    throw new ChannelError('absent', 'the service does not run');
  }
}
