import type { Random } from '../../connector/simulator/random.ts';
import type { Answer } from '../support/http-client.ts';
import type { TrialServer } from './trial-server.ts';

const SCHEMAS = ['urn:scim:schemas:core:1.0'];

interface Shown {
  readonly id: string;
  readonly userName?: string;
  readonly title?: string;
  readonly active?: boolean;
  readonly members?: readonly { readonly value: string }[];
}

/** How much of what a request asked for is there. `hidden`: nothing shows it. */
export type Extent = 'whole' | 'part' | 'none' | 'hidden';

/** A request that was to change something, under a `User-Agent` of its own by which its record is found. */
export interface Told {
  readonly mark: string;
  readonly kind: string;
  /** Absent: no answer came. */
  status?: number;
  text?: string;
  /** Only right while nobody has written to the same resource since. */
  extent(server: TrialServer): Promise<Extent>;
}

interface Request {
  readonly kind: string;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  readonly extent: (server: TrialServer) => Promise<Extent>;
  /** It was acknowledged. */
  readonly done: (shown: Shown) => void;
}

const whether = (isThere: boolean): Extent => (isThere ? 'whole' : 'none');

async function read(server: TrialServer, path: string): Promise<Shown | undefined> {
  const { status, text } = await server.send('GET', path);
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${text}`);
  return JSON.parse(text) as Shown;
}

async function named(server: TrialServer, name: string): Promise<Shown | undefined> {
  const path = `/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`;
  return ((await read(server, path)) as { readonly Resources?: readonly Shown[] }).Resources?.[0];
}

export interface TellingOptions {
  /** Of everything it makes. */
  readonly name: string;
  readonly random: Random;
  /** Ids of people who may be members. */
  readonly pool: readonly string[];
}

/** A client that does all that Okta does, one thing after another, to a person and a group of its own. */
export class TellingClient {
  readonly told: Told[] = [];
  readonly #options: TellingOptions;
  #person: { readonly id: string; userName: string; active: boolean } | undefined;
  #group: { readonly id: string; readonly name: string; readonly members: ReadonlySet<string> } | undefined;
  #steps = 0;

  constructor(options: TellingOptions) {
    this.#options = options;
  }

  /**
   * One request.
   * @returns whether it was acknowledged
   * @throws Error when no answer came
   */
  async write(server: TrialServer): Promise<boolean> {
    const mark = `${this.#options.name}-${++this.#steps}`;
    const { kind, method, path, body, extent, done } = this.#next(mark);
    const told: Told = { mark, kind, extent };
    this.told.push(told);
    const full = body && { schemas: SCHEMAS, ...body };
    const answer: Answer = await server.send(method, path, full, { 'User-Agent': mark });
    told.status = answer.status;
    told.text = answer.text.slice(0, 200);
    if (answer.status >= 300) return false;
    done(answer.text === '' ? { id: '' } : (JSON.parse(answer.text) as Shown));
    return true;
  }

  #next(mark: string): Request {
    const { random } = this.#options;
    if (!this.#person) return this.#create(mark);
    if (!this.#group) return this.#form(mark);
    const kinds = ['put', 'patch', 'rename', 'switch', 'join', 'join', 'password', 'delete'] as const;
    const kind = random.pick(kinds);
    if (kind === 'join') return this.#join();
    if (kind === 'delete') return this.#delete();
    return this.#change(kind, mark, this.#person);
  }

  #create(mark: string): Request {
    const userName = mark;
    const body = { userName, name: { familyName: 'Trial' }, title: mark, active: true, password: `Secret-${mark}.1` };
    return {
      kind: 'create',
      method: 'POST',
      path: '/Users',
      body,
      extent: async (server) => whether((await named(server, userName)) !== undefined),
      done: ({ id }) => {
        this.#person = { id, userName, active: true };
      },
    };
  }

  #change(
    kind: 'put' | 'patch' | 'rename' | 'switch' | 'password',
    mark: string,
    { id, userName, active }: { readonly id: string; readonly userName: string; readonly active: boolean },
  ): Request {
    const wanted = {
      userName: kind === 'rename' ? mark : userName,
      active: kind === 'switch' ? !active : active,
    };
    const title = kind === 'put' || kind === 'patch' ? { title: mark } : {};
    const password = kind === 'password' ? { password: `Secret-${mark}.2` } : {};
    const path = `/Users/${id}`;
    const whole = kind === 'put' || kind === 'rename';
    return {
      kind,
      method: whole ? 'PUT' : 'PATCH',
      path,
      body: { ...wanted, ...title, ...password, ...(whole ? { name: { familyName: 'Trial' } } : {}) },
      extent: async (server) => {
        if (kind === 'password') return 'hidden';
        const shown = await read(server, path);
        if (kind === 'rename') return whether(shown?.userName === mark);
        return whether(kind === 'switch' ? shown?.active === wanted.active : shown?.title === mark);
      },
      done: () => {
        this.#person = { id, ...wanted };
      },
    };
  }

  #delete(): Request {
    const path = `/Users/${this.#person?.id}`;
    return {
      kind: 'delete',
      method: 'DELETE',
      path,
      extent: async (server) => whether((await read(server, path)) === undefined),
      done: () => {
        const gone = this.#person?.id;
        this.#person = undefined;
        if (this.#group)
          this.#group = { ...this.#group, members: new Set([...this.#group.members].filter((one) => one !== gone)) };
      },
    };
  }

  #form(mark: string): Request {
    const displayName = `group-${mark}`;
    const filter = `/Groups?filter=${encodeURIComponent(`displayName eq "${displayName}"`)}`;
    return {
      kind: 'group',
      method: 'POST',
      path: '/Groups',
      body: { displayName },
      extent: async (server) => {
        const found = (await read(server, filter)) as { readonly Resources?: readonly Shown[] } | undefined;
        return whether((found?.Resources?.length ?? 0) > 0);
      },
      done: ({ id }) => {
        this.#group = { id, name: displayName, members: new Set() };
      },
    };
  }

  /** Hundreds join and leave, in a PUT of the whole group or a PATCH of those who join. */
  #join(): Request {
    const { random, pool } = this.#options;
    const group = this.#group;
    if (!group) throw new Error('no group');
    const isWhole = random.below(2) === 0;
    const some = pool.filter(() => random.below(2) === 0);
    const before = group.members;
    const after = isWhole ? new Set(some) : new Set([...before, ...some]);
    // It is to change something.
    if (after.size === before.size) after.add(this.#person?.id ?? '');
    const path = `/Groups/${group.id}`;
    const sent = [...after].filter((id) => isWhole || !before.has(id)).map((value) => ({ value }));
    return {
      kind: 'join',
      method: isWhole ? 'PUT' : 'PATCH',
      path,
      body: { ...(isWhole ? { displayName: group.name } : {}), members: sent },
      extent: async (server) => {
        const shown = new Set(((await read(server, path))?.members ?? []).map(({ value }) => value));
        const same = (one: ReadonlySet<string>): boolean =>
          one.size === shown.size && [...one].every((id) => shown.has(id));
        return same(after) ? 'whole' : same(before) ? 'none' : 'part';
      },
      done: () => {
        this.#group = { ...group, members: after };
      },
    };
  }
}
