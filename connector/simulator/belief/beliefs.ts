import { isObject } from '../judgement.ts';
import type { Payload } from '../payload.ts';
import { type Kind, shownIn, UNIQUE } from './attributes.ts';
import { Belief, type Traits } from './belief.ts';
import type { Moment, Reading, Values } from './register.ts';

/** Everybody whom Okta knows, and what it knows of them. */
export class Beliefs {
  readonly traits: Traits;
  readonly divergences: string[] = [];
  readonly #all = new Map<string, Belief>();
  /** Who ever had a value that is somebody's alone. */
  readonly #owners = new Map<string, Set<Belief>>();
  /** Names that creates under way carry. */
  readonly #coming = new Map<string, number>();
  readonly #strangers = new Map<string, string>();
  #now: Moment = 0;

  constructor(traits: Traits) {
    this.traits = traits;
  }

  /** Later than all before. */
  moment(): Moment {
    this.#now += 1;
    return this.#now;
  }

  of(kind: Kind): readonly Belief[] {
    return [...this.#all.values()].filter((one) => one.kind === kind);
  }

  get(kind: Kind, id: string): Belief | undefined {
    return this.#all.get(`${kind} ${id}`);
  }

  diverge(sentence: string): void {
    this.divergences.push(sentence);
  }

  /** Somebody whom a reply to a create names; the same one when the create was repeated. */
  meet(kind: Kind, id: string): Belief {
    const key = `${kind} ${id}`;
    const belief = this.#all.get(key) ?? new Belief(kind, id);
    this.#all.set(key, belief);
    this.#strangers.delete(key);
    return belief;
  }

  /** Remembers whose values these may be, before the message leaves. */
  own(belief: Belief, values: Values): void {
    for (const key of uniqueIn(values)) {
      const owners = this.#owners.get(key) ?? new Set();
      this.#owners.set(key, owners.add(belief));
    }
  }

  expect(values: Values, count: 1 | -1): void {
    for (const key of uniqueIn(values)) this.#coming.set(key, (this.#coming.get(key) ?? 0) + count);
  }

  /** Whether somebody else has or may have one of these values now, or a create under way asks for it. */
  isTaken(values: Values, reading: Reading, self?: Belief): boolean {
    return uniqueIn(values).some((key) => {
      if ((this.#coming.get(key) ?? 0) > (self ? 0 : 1)) return true;
      const value = key.slice(key.indexOf(' ') + 1);
      return [...(this.#owners.get(key) ?? [])].some(
        (one) => one !== self && namesIn(key).some((name) => one.register.possible(name, reading).has(value)),
      );
    });
  }

  /** Those who have the value for certain, whatever the order of what is under way. */
  certainly(name: string, value: string, reading: Reading): readonly Belief[] {
    return [...(this.#owners.get(`${groupOf(name)} ${value}`) ?? [])].filter((one) => {
      const possible = one.register.possible(name, reading);
      return possible.size === 1 && possible.has(value);
    });
  }

  /** Judges what a reply shows of one resource. */
  see(kind: Kind, resource: Payload, reading?: Reading): void {
    const id = String(resource['id']);
    const belief = this.get(kind, id);
    if (belief) this.divergences.push(...belief.judge(shownIn(kind, resource), this.traits, reading));
    else this.#strangers.set(`${kind} ${id}`, `${kind} ${name(resource)} (${id}) is there and Okta made no such one`);
  }

  /** Ids that came up, and that no reply to a create has named until now. */
  get strangers(): readonly string[] {
    return [...this.#strangers.values()];
  }
}

const name = (resource: Payload): string =>
  String(isObject(resource) && (resource['userName'] ?? resource['displayName']));

/** The two addresses are of one kind: a store may want them unique together. */
const groupOf = (attribute: string): string => (attribute === 'secondEmail' ? 'email' : attribute);

const namesIn = (key: string): readonly string[] =>
  key.startsWith('email ') ? ['email', 'secondEmail'] : [key.slice(0, key.indexOf(' '))];

const uniqueIn = (values: Values): readonly string[] =>
  UNIQUE.flatMap((attribute) => {
    const value = values.get(attribute);
    return value === undefined ? [] : [`${groupOf(attribute)} ${value}`];
  });
