import type { Complex } from '../../../scim/resource.ts';
import type { Reference } from './references.ts';

/** All members of a group, each of them a resource, at one version of its entry. */
export interface Known {
  readonly version: string;
  readonly members: readonly Reference[];
  /** The same as a resource shows them. */
  readonly elements: readonly Complex[];
  /** Unit: ms, monotonic. */
  readonly until: number;
}

/** A smaller group is as quickly read. */
const FEWEST = 100;
/** Of all groups together; about 100 bytes each, most of it shared with the references. */
const MOST = 100_000;

/**
 * The members of large groups for a short time, for whoever works out a change. They count only at the version they
 * were read at. OpenLDAP's overlay for referential integrity changes members and leaves the entry's version (measured
 * on 2.6): hence the time limit, and hence a reader who changes nothing is never answered from here.
 */
export class KnownMembers {
  /** Unit: ms. */
  readonly #ttl: number;
  readonly #byGroup = new Map<string, Known>();
  #size = 0;

  constructor(ttl: number) {
    this.#ttl = ttl;
  }

  get(group: string): Known | undefined {
    const known = this.#byGroup.get(group);
    if (known && known.until <= performance.now()) this.drop(group);
    return this.#byGroup.get(group);
  }

  /** What was just read. @returns `undefined` when it is not worth keeping */
  read(group: string, version: string, members: readonly Reference[], elements: readonly Complex[]): Known | undefined {
    if (members.length < FEWEST || members.length > MOST) return undefined;
    const known: Known = { version, members, elements, until: performance.now() + this.#ttl };
    this.put(group, known);
    return known;
  }

  put(group: string, known: Known): void {
    this.drop(group);
    this.#byGroup.set(group, known);
    this.#size += known.members.length;
    for (const oldest of this.#byGroup.keys()) {
      if (this.#size <= MOST) break;
      this.drop(oldest);
    }
  }

  drop(group: string): void {
    this.#size -= this.#byGroup.get(group)?.members.length ?? 0;
    this.#byGroup.delete(group);
  }

  /** After a change of ours to the resource `id`, which may be a member. */
  dropWith(id: string): void {
    this.drop(id);
    for (const [group, { members }] of this.#byGroup) {
      if (members.some((member) => member.id === id)) this.drop(group);
    }
  }
}
