import type { Answer, HttpClient } from '../../../simulator/http-client.ts';
import { isObject } from '../../../simulator/judgement.ts';
import { isKnown, type Known } from '../../../simulator/payload.ts';
import type { Entry } from './book.ts';
import { isSameName } from './reserved-names.ts';

export interface ServerOptions {
  /** Without the slash at the end. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly http: HttpClient;
}

/** Of one page. */
const COUNT = 200;
/** A server that never comes to an end of its pages is not waited for. */
const MOST_PAGES = 5_000;

const ENDPOINTS = { User: '/Users', Group: '/Groups' } as const;
const KEYS = { User: 'userName', Group: 'displayName' } as const;

/** A resource as it is now, and its version where the server tells one. */
export interface Reading {
  readonly resource: Known;
  readonly etag?: string;
}

/** The server could not say or do it: an answer that was none of those foreseen, or none at all. */
export class ServerUnable extends Error {
  override readonly name = 'ServerUnable';
}

export const nameOf = (type: Entry['type'], resource: Known): unknown => resource[KEYS[type]];

/** What a clean-up asks a server, beyond what Okta does. */
export class Server {
  readonly #options: ServerOptions;

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  /** `undefined` when there is none any more. @throws ServerUnable */
  async read(type: Entry['type'], id: string): Promise<Reading | undefined> {
    const answer = await this.#send('GET', pathOf(type, id));
    if (answer.status === 404 || answer.status === 410) return undefined;
    const resource: unknown = jsonOf(answer);
    if (answer.status !== 200 || !isObject(resource) || !isKnown(resource)) throw unable('reading it', answer);
    const { etag } = answer.headers;
    return { resource, ...(etag === undefined ? {} : { etag }) };
  }

  /** Everything that has exactly this name, whatever the server makes of a filter. @throws ServerUnable */
  async named(type: Entry['type'], name: string): Promise<readonly Known[]> {
    const filter = `filter=${encodeURIComponent(`${KEYS[type]} eq ${JSON.stringify(name)}`)}&`;
    const found = (await this.#list(type, filter)) ?? (await this.#list(type, ''));
    if (found === undefined) throw new ServerUnable('it lists nothing');
    return found.filter((resource) => isSameName(nameOf(type, resource), name));
  }

  /** @returns the status of the answer @throws ServerUnable */
  async delete(type: Entry['type'], id: string, etag: string | undefined): Promise<number> {
    const { status } = await this.#send('DELETE', pathOf(type, id), etag === undefined ? {} : { 'If-Match': etag });
    return status;
  }

  /** All pages, or `undefined` when the server refuses to list them so. */
  async #list(type: Entry['type'], filter: string): Promise<readonly Known[] | undefined> {
    const all: Known[] = [];
    for (let page = 0, next = 1; page < MOST_PAGES; page += 1) {
      const answer = await this.#send('GET', `${ENDPOINTS[type]}?${filter}startIndex=${next}&count=${COUNT}`);
      if ([400, 404, 405, 501].includes(answer.status)) return undefined;
      const list: unknown = jsonOf(answer);
      if (answer.status !== 200 || !isObject(list)) throw unable('listing', answer);
      const resources = Array.isArray(list['Resources']) ? (list['Resources'] as unknown[]).filter(isObject) : [];
      all.push(...resources.filter(isKnown));
      next += resources.length;
      if (resources.length === 0 || next > Number(list['totalResults'])) return all;
    }
    throw new ServerUnable('its list has no end');
  }

  async #send(method: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { baseUrl, headers: credential, http } = this.#options;
    try {
      return await http.send(method, `${baseUrl}${path}`, { Accept: 'application/json', ...credential, ...headers });
    } catch (error) {
      throw new ServerUnable(error instanceof Error ? error.message : String(error));
    }
  }
}

const pathOf = (type: Entry['type'], id: string): string => `${ENDPOINTS[type]}/${encodeURIComponent(id)}`;

const unable = (what: string, { status }: Answer): ServerUnable => new ServerUnable(`${what} was answered ${status}`);

function jsonOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
