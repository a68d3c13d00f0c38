import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

type Json = Record<string, unknown>;

const SCHEMAS = ['urn:scim:schemas:core:1.0'];
const KEYS: Readonly<Record<string, string>> = { Users: 'userName', Groups: 'displayName' };

/** What it does that ours does not. */
export interface Manners {
  /** Default true. */
  readonly deletesUsers?: boolean;
  /** It answers whatever is asked for with everybody. */
  readonly ignoresFilters?: boolean;
  /** What it makes of a user name. */
  readonly renamed?: (userName: string) => string;
  /** Attributes that it says it has kept, and has not. */
  readonly drops?: readonly string[];
  /** A PUT that changes a password is refused with this. */
  readonly passwordPolicy?: string;
  /** Creates the third one and hangs up without a reply. */
  readonly hangsUp?: boolean;
}

/** Somebody else's SCIM 1.1 server: everybody in memory, paged, and with manners of its own. */
export class OtherServer {
  readonly stored = new Map<string, Json>();
  readonly #manners: Manners;
  readonly #server: Server;
  #count = 0;

  private constructor(manners: Manners) {
    this.#manners = manners;
    this.#server = createServer((request, response) => {
      this.#answer(request).then(
        ([status, body]) => {
          const text = body === undefined ? '' : JSON.stringify(body);
          const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
          if (status === 0) request.socket.destroy();
          else response.writeHead(status, headers).end(text);
        },
        () => response.writeHead(500).end(),
      );
    });
  }

  static async start(manners: Manners = {}): Promise<OtherServer> {
    const server = new OtherServer(manners);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/scim/v1`;
  }

  get names(): readonly unknown[] {
    return [...this.stored.values()].map(({ userName, displayName }) => userName ?? displayName);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Status 0: it hangs up. */
  async #answer(request: IncomingMessage): Promise<readonly [status: number, body?: Json | undefined]> {
    const url = new URL(request.url ?? '', this.url);
    const [, type = '', id] = /^\/scim\/v1\/(Users|Groups)(?:\/(.+))?$/.exec(url.pathname) ?? [];
    const key = KEYS[type] ?? '';
    const { deletesUsers = true, passwordPolicy, hangsUp } = this.#manners;
    const found = id === undefined ? undefined : this.stored.get(id);
    if (id !== undefined && found === undefined) return refused(404, 'no such resource');
    if (request.method === 'GET') return [200, id === undefined ? this.#list(key, url.searchParams) : found];
    if (request.method === 'DELETE') {
      if (type === 'Users' && !deletesUsers) return refused(405, 'users are not deleted');
      this.stored.delete(id ?? '');
      return [200];
    }
    const body = (await json(request)) as Json;
    if (request.method === 'PUT' && 'password' in body && passwordPolicy !== undefined)
      return refused(400, passwordPolicy);
    if (this.names.includes(body[key]) && id === undefined) return refused(409, `${body[key]} exists`);
    const made = this.#keep(key, body, id);
    return hangsUp && id === undefined && this.#count === 3 ? [0] : [id === undefined ? 201 : 200, made];
  }

  #keep(key: string, { password: _, ...body }: Json, id: string = `n${++this.#count}`): Json {
    const { renamed = (name: string) => name, drops = [] } = this.#manners;
    const now = new Date().toISOString();
    const before = this.stored.get(id);
    const meta = { created: (before?.['meta'] as Json | undefined)?.['created'] ?? now, lastModified: now };
    const members = key === 'displayName' && before === undefined ? { members: [] } : {};
    const name = key === 'userName' && before === undefined ? { userName: renamed(String(body[key])) } : {};
    const kept = { ...before, ...members, ...body, ...name, schemas: SCHEMAS, id, meta };
    this.stored.set(id, Object.fromEntries(Object.entries(kept).filter(([attribute]) => !drops.includes(attribute))));
    return kept;
  }

  #list(key: string, query: URLSearchParams): Json {
    const [, attribute = '', operator, value] = /^([\w.]+) (eq|gt) "(.*)"$/.exec(query.get('filter') ?? '') ?? [];
    const isMeant = (one: Json): boolean =>
      this.#manners.ignoresFilters === true || operator !== 'eq' || one[attribute] === value;
    const all = [...this.stored.values()].filter((one) => key in one && isMeant(one));
    const startIndex = Number(query.get('startIndex') ?? 1);
    const Resources = all.slice(startIndex - 1, startIndex - 1 + Number(query.get('count') ?? 200));
    return { schemas: SCHEMAS, totalResults: all.length, startIndex, itemsPerPage: Resources.length, Resources };
  }
}

const refused = (status: number, description: string): readonly [number, Json] => [
  status,
  { Errors: [{ description, code: String(status) }], detail: description },
];
