import type { StoredRecord } from '../../connector/journal/journal-store.ts';
import type { Random } from '../../connector/simulator/random.ts';
import type { TrialServer } from './trial-server.ts';

const SCHEMAS = ['urn:scim:schemas:core:1.0'];

interface Person {
  readonly id: string;
  readonly name: string;
}

interface Team extends Person {
  readonly members: Set<string>;
}

interface Shown {
  readonly id: string;
  readonly title?: string;
  readonly members?: readonly { readonly value: string }[];
}

/** One change that was asked for. */
export interface Booked {
  /** `User-Agent` of its request and natural name of what it changes: no two have one. */
  readonly key: string;
  readonly kind: string;
  /** Absent: no answer came. */
  status?: number;
  /** Whether the record says what was asked. */
  told(record: StoredRecord): boolean;
  /** Whether the store shows it, while nobody has written there since. */
  seen(server: TrialServer, hasPassword: (name: string, password: string) => Promise<boolean>): Promise<boolean>;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly booked: readonly Booked[];
  readonly done: (text: string) => void;
}

export const keyOf = (agent: string, name: string): string => `${agent} ${name}`;

async function read(server: TrialServer, path: string): Promise<Shown | undefined> {
  const { status, text } = await server.send('GET', path);
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${text.slice(0, 200)}`);
  return JSON.parse(text) as Shown;
}

async function isNamed(server: TrialServer, name: string): Promise<boolean> {
  const answer = await read(server, `/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`);
  return ((answer as { readonly Resources?: readonly Shown[] }).Resources ?? []).length > 0;
}

const changes = (record: StoredRecord, path: string, after?: unknown): boolean =>
  (record.changes ?? []).some(
    (one) => one.path === path && (after === undefined || ('after' in one && one.after === after)),
  );

/** A client that does all that Okta does, one request after another, and books each change it asks for. */
export class BookingClient {
  readonly booked: Booked[] = [];
  readonly #name: string;
  readonly #random: Random;
  #people: Person[] = [];
  #group: Team | undefined;
  #steps = 0;

  constructor(name: string, random: Random) {
    this.#name = name;
    this.#random = random;
  }

  /** @returns how many changes were acknowledged @throws Error when no answer came */
  async write(server: TrialServer, fail: (text: string) => void): Promise<number> {
    const agent = `${this.#name}-${++this.#steps}`;
    const { method, path, body, booked, done } = this.#next(agent);
    this.booked.push(...booked);
    const answer = await server.send(method, path, body && { schemas: SCHEMAS, ...body }, { 'User-Agent': agent });
    for (const one of booked) one.status = answer.status;
    if (answer.status >= 300 || /"status":\{"code":"[45]/.test(answer.text)) {
      fail(`${agent}: ${booked[0]?.kind} answered ${answer.status}: ${answer.text.slice(0, 200)}`);
      return 0;
    }
    done(answer.text);
    return booked.length;
  }

  #next(agent: string): Request {
    const [person] = this.#people;
    if (!person || this.#people.length < 3) return this.#create(agent);
    if (!this.#group) return this.#form(agent);
    const kind = this.#random.pick(['create', 'put', 'patch', 'password', 'move', 'move', 'delete', 'bulk'] as const);
    const one = this.#random.pick(this.#people);
    if (kind === 'create') return this.#create(agent);
    if (kind === 'delete') return this.#delete(agent, one);
    if (kind === 'move') return this.#move(agent, one, this.#group);
    if (kind === 'bulk') return this.#bulk(agent, one);
    return kind === 'password' ? this.#password(agent, one) : this.#retitle(agent, kind, one);
  }

  #create(agent: string): Request {
    const name = `person-${agent}`;
    const body = { userName: name, name: { familyName: 'Trial' }, title: agent, password: `Secret-${agent}.1` };
    const done = (text: string): void => void this.#people.push({ id: (JSON.parse(text) as Shown).id, name });
    return { method: 'POST', path: '/Users', body, booked: [this.#made(agent, name)], done };
  }

  #made(agent: string, name: string): Booked {
    return {
      key: keyOf(agent, name),
      kind: 'create',
      told: (record) => record.intent === 'create' && changes(record, 'userName', name),
      seen: (server) => isNamed(server, name),
    };
  }

  #titled(agent: string, { id, name }: Person): Booked {
    return {
      key: keyOf(agent, name),
      kind: 'title',
      told: (record) => record.id === id && changes(record, 'title', agent),
      seen: async (server) => (await read(server, `/Users/${id}`))?.title === agent,
    };
  }

  #retitle(agent: string, kind: 'put' | 'patch', person: Person): Request {
    const whole = kind === 'put' ? { userName: person.name, name: { familyName: 'Trial' } } : {};
    return {
      method: kind.toUpperCase(),
      path: `/Users/${person.id}`,
      body: { ...whole, title: agent },
      booked: [this.#titled(agent, person)],
      done: () => undefined,
    };
  }

  #password(agent: string, { id, name }: Person): Request {
    const password = `Secret-${agent}.2`;
    const booked: Booked = {
      key: keyOf(agent, name),
      kind: 'password',
      told: (record) => record.id === id && record.intent === 'password' && changes(record, 'password'),
      seen: (_, hasPassword) => hasPassword(name, password),
    };
    return { method: 'PATCH', path: `/Users/${id}`, body: { password }, booked: [booked], done: () => undefined };
  }

  #delete(agent: string, person: Person): Request {
    const path = `/Users/${person.id}`;
    const booked: Booked = {
      key: keyOf(agent, person.name),
      kind: 'delete',
      told: (record) => record.intent === 'delete' && record.id === person.id,
      seen: async (server) => (await read(server, path)) === undefined,
    };
    const done = (): void => {
      this.#people = this.#people.filter((one) => one !== person);
      this.#group?.members.delete(person.id);
    };
    return { method: 'DELETE', path, booked: [booked], done };
  }

  #form(agent: string): Request {
    const name = `group-${agent}`;
    const booked: Booked = {
      key: keyOf(agent, name),
      kind: 'group',
      told: (record) => record.intent === 'create' && changes(record, 'displayName', name),
      seen: async (server) => {
        const found = await read(server, `/Groups?filter=${encodeURIComponent(`displayName eq "${name}"`)}`);
        return ((found as { readonly Resources?: readonly Shown[] }).Resources ?? []).length > 0;
      },
    };
    const done = (text: string): void => {
      this.#group = { id: (JSON.parse(text) as Shown).id, name, members: new Set() };
    };
    return { method: 'POST', path: '/Groups', body: { displayName: name }, booked: [booked], done };
  }

  /** Who is in the group leaves, anybody else joins. */
  #move(agent: string, { id }: Person, { id: group, name, members }: Team): Request {
    const leaves = members.has(id);
    const path = `/Groups/${group}`;
    const booked: Booked = {
      key: keyOf(agent, name),
      kind: leaves ? 'leave' : 'join',
      told: (record) => record.id === group && (leaves ? record.left : record.joined)?.ids.join() === id,
      seen: async (server) => {
        const shown = (await read(server, path))?.members ?? [];
        return shown.some(({ value }) => value === id) !== leaves;
      },
    };
    const done = (): void => void (leaves ? members.delete(id) : members.add(id));
    const value = leaves ? { value: id, operation: 'delete' } : { value: id };
    return { method: 'PATCH', path, body: { members: [value] }, booked: [booked], done };
  }

  #bulk(agent: string, person: Person): Request {
    const names = Array.from({ length: 4 }, (_, index) => `person-${agent}-${index}`);
    const create = (userName: string) => ({
      method: 'POST',
      path: '/Users',
      bulkId: userName,
      data: { schemas: SCHEMAS, userName, name: { familyName: 'Trial' } },
    });
    const patch = { method: 'PATCH', path: `/Users/${person.id}`, data: { schemas: SCHEMAS, title: agent } };
    const booked = [...names.map((name) => this.#made(agent, name)), this.#titled(agent, person)];
    return {
      method: 'POST',
      path: '/Bulk',
      body: { Operations: [...names.map(create), patch] },
      booked,
      done: () => undefined,
    };
  }
}
