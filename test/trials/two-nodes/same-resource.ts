import type { Random } from '../../../connector/simulator/random.ts';
import type { GoingOn } from './going-on.ts';
import { type Overlapping, serialOrder } from './serial-order.ts';
import { make } from './settling.ts';

const SCHEMAS = ['urn:scim:schemas:core:1.0'];

/** What is looked at of a person or of a group: attributes by name, and members. */
export type Seen = Readonly<Record<string, string>>;

const ATTRIBUTES = ['title', 'displayName', 'userType'] as const;

interface Shown {
  readonly title?: string;
  readonly displayName?: string;
  readonly userType?: string;
  readonly members?: readonly { readonly value: string }[];
}

const seenIn = (shown: Shown): Seen => ({
  ...Object.fromEntries(ATTRIBUTES.map((name) => [name, shown[name] ?? ''])),
  members: (shown.members ?? [])
    .map(({ value }) => value)
    .sort()
    .join(' '),
});

const same = (a: Seen, b: Seen): boolean => [...ATTRIBUTES, 'members'].every((name) => a[name] === b[name]);

/** A request, and what it makes of whatever is there. */
interface Change {
  readonly method: 'PUT' | 'PATCH';
  readonly body: object;
  apply(state: Seen): Seen;
}

function changeOfPerson(userName: string, mark: string, random: Random): Change {
  if (random.happens(0.5)) {
    const all = { title: `t${mark}`, displayName: `d${mark}`, userType: `n${mark}` };
    const body = { userName, name: { familyName: 'Contested' }, ...all };
    return { method: 'PUT', body, apply: (state) => ({ ...state, ...all }) };
  }
  const some = { [random.pick(ATTRIBUTES)]: mark };
  return { method: 'PATCH', body: some, apply: (state) => ({ ...state, ...some }) };
}

function changeOfGroup(people: readonly string[], mark: string, random: Random): Change {
  const chosen = people.filter(() => random.happens(0.4));
  if (random.happens(0.4)) {
    const body = { displayName: mark, members: chosen.map((value) => ({ value })) };
    const after = { displayName: mark, members: [...chosen].sort().join(' ') };
    return { method: 'PUT', body, apply: (state) => ({ ...state, ...after }) };
  }
  const isDelete = random.happens(0.5);
  const members = chosen.map((value) => (isDelete ? { value, operation: 'delete' } : { value }));
  return {
    method: 'PATCH',
    body: members.length > 0 ? { members } : { displayName: mark },
    apply: (state) => {
      if (members.length === 0) return { ...state, displayName: mark };
      const there = (state['members'] ?? '').split(' ').filter((id) => id !== '' && !chosen.includes(id));
      return { ...state, members: (isDelete ? there : [...there, ...chosen]).sort().join(' ') };
    },
  };
}

/** One person and one group that several clients PUT and PATCH at the same time, through both connectors. */
export class SameResource {
  readonly #clients: readonly GoingOn[];
  readonly #random: Random;
  readonly #fail: (text: string) => void;
  #marks = 0;
  changes = 0;

  constructor(clients: readonly GoingOn[], random: Random, fail: (text: string) => void) {
    this.#clients = clients;
    this.#random = random;
    this.#fail = fail;
  }

  async #read(path: string): Promise<Seen> {
    const { status, text } = (await this.#clients[0]?.attempt('GET', path)) ?? { status: 0, text: '' };
    if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${text.slice(0, 200)}`);
    return seenIn(JSON.parse(text) as Shown);
  }

  /** Everybody at once, once. */
  async #clash(path: string, changeOf: (mark: string) => Change): Promise<void> {
    const first = await this.#read(path);
    const overlapping = await Promise.all(
      this.#clients.map(async (client, index): Promise<Overlapping<Seen> | undefined> => {
        const { method, body, apply } = changeOf(`${++this.#marks}`);
        const name = `${method} ${JSON.stringify(body)} (client ${index})`;
        const begun = performance.now();
        const { status, text } = await client.attempt(method, path, { schemas: SCHEMAS, ...body });
        if (status === 200) return { name, begun, ended: performance.now(), apply, shown: seenIn(JSON.parse(text)) };
        this.#fail(`${name} answered ${status}: ${text.slice(0, 200)}`);
        return undefined;
      }),
    );
    const changes = overlapping.filter((one) => one !== undefined);
    this.changes += changes.length;
    const end = await this.#read(path);
    if (serialOrder(first, changes, end, same)) return;
    const told = changes.map(({ name, shown }) => `${name} showed ${JSON.stringify(shown)}`);
    this.#fail(
      `no order explains ${path}: from ${JSON.stringify(first)}; ${told.join('; ')}; in the end ${JSON.stringify(end)}`,
    );
  }

  async run(rounds: number): Promise<void> {
    const [client] = this.#clients;
    if (!client) throw new Error('nobody asks');
    const name = 'contested-by-all';
    const person = await make(client, '/Users', { userName: name, name: { familyName: 'Contested' } });
    const people: string[] = [];
    for (let index = 0; index < 6; index += 1)
      people.push(await make(client, '/Users', { userName: `${name}-${index}`, name: { familyName: 'Member' } }));
    const group = await make(client, '/Groups', { displayName: name });
    for (let round = 0; round < rounds; round += 1) {
      await this.#clash(`/Users/${person}`, (mark) => changeOfPerson(name, mark, this.#random));
      await this.#clash(`/Groups/${group}`, (mark) => changeOfGroup(people, `group-${mark}`, this.#random));
    }
  }
}
