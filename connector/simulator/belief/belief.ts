import { type Kind, type Shown, UNSEEN } from './attributes.ts';
import { idsOf, MEMBER, type Reading, Register, valueIn } from './register.ts';

/** How far a store goes with changes that overlap. */
export interface Traits {
  /** A request is done whole or not at all. Otherwise requests that overlap may each leave a part. */
  readonly atomic: boolean;
}

/** The last messages about somebody, as many as help. */
const TOLD = 6;

/** What Okta believes of one resource, by the messages that the wire carried. */
export class Belief {
  readonly kind: Kind;
  readonly id: string;
  readonly register = new Register();
  readonly #messages: string[] = [];

  constructor(kind: Kind, id: string) {
    this.kind = kind;
    this.id = id;
  }

  note(message: string): void {
    this.#messages.push(message);
    if (this.#messages.length > TOLD) this.#messages.shift();
  }

  /** For people who read it: the name that was pushed last. */
  get name(): string {
    const names = this.register.possible(this.kind === 'user' ? 'userName' : 'displayName');
    return `${this.kind} ${[...names].join(' or ')} (${this.id})`;
  }

  get told(): string {
    return `last messages: ${this.#messages.join('; ')}`;
  }

  /** @returns a sentence for each attribute that shows what it cannot have */
  judge(shown: Shown, traits: Traits, reading?: Reading): readonly string[] {
    const { attributes } = this.register;
    const apart = [...attributes].filter((name) => name.startsWith(MEMBER));
    // Who changed single members said nothing of the others: each is judged by itself.
    const judged = apart.length === 0 ? attributes : this.#members(attributes, shown);
    const wrong = [...judged].flatMap((attribute) => {
      if (attribute === 'there') return this.#judgeThere(reading);
      if (UNSEEN.has(attribute)) return [];
      const possible = this.register.possible(attribute, reading);
      const found = foundIn(shown, attribute);
      if (possible.size === 0 || this.#fits(attribute, found, possible, traits)) return [];
      return [`${this.name}: ${attribute} is believed to be ${list(possible)} and was found as ${list(found)}`];
    });
    if (reading === undefined && traits.atomic && wrong.length === 0) wrong.push(...this.#judgeWhole(shown));
    return wrong.map((sentence) => `${sentence}; ${this.told}`);
  }

  #members(attributes: ReadonlySet<string>, shown: Shown): ReadonlySet<string> {
    const all = [...this.register.possible('members'), ...(shown.get('members') ?? [])].flatMap(idsOf);
    return new Set([...attributes, ...all.map((id) => MEMBER + id)].filter((name) => name !== 'members'));
  }

  #judgeThere(reading?: Reading): readonly string[] {
    const possible = this.register.possible('there', reading);
    return possible.has('yes') ? [] : [`${this.name} was deleted and is there`];
  }

  #judgeWhole(shown: Shown): readonly string[] {
    const last = this.register.last();
    const fits = last.some((values) =>
      [...values].every(([attribute, value]) => UNSEEN.has(attribute) || shows(shown, attribute, value)),
    );
    return fits || last.length === 0 ? [] : [`${this.name} is a mixture of ${last.length} requests that overlapped`];
  }

  #fits(attribute: string, found: readonly string[], possible: ReadonlySet<string>, { atomic }: Traits): boolean {
    if (found.length !== 1) return found.length === 0 && possible.has('');
    const [value = ''] = found;
    if (possible.has(value)) return true;
    return attribute === 'members' && !atomic && isBetween(value, [...possible]);
  }
}

/** Emptied is absent. */
function shows(shown: Shown, attribute: string, value: string): boolean {
  const found = foundIn(shown, attribute);
  return found.length === 0 ? value === '' : found.includes(value);
}

/** What a resource shows of an attribute, a single member included. */
function foundIn(shown: Shown, attribute: string): readonly string[] {
  const found = shown.get(attribute);
  if (found || !attribute.startsWith(MEMBER)) return found ?? [];
  const [members = ''] = shown.get('members') ?? [];
  return [valueIn(new Map([['members', members]]), attribute) ?? ''];
}

/** Everybody whom all requests left in, and nobody whom none put in. */
function isBetween(found: string, possible: readonly string[]): boolean {
  const is = new Set(idsOf(found));
  const sets = possible.map((one) => new Set(idsOf(one)));
  const everywhere = [...(sets[0] ?? [])].filter((id) => sets.every((set) => set.has(id)));
  return everywhere.every((id) => is.has(id)) && [...is].every((id) => sets.some((set) => set.has(id)));
}

const list = (values: Iterable<string>): string =>
  [...values].map((value) => JSON.stringify(value)).join(' or ') || 'absent';
