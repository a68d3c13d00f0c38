import type { Complex } from '../../../scim/resource.ts';
import type { Reference } from './reference.ts';
import { ShortLived } from './short-lived.ts';

/** Members of a group that are resources, and what the group shows of each. In the same order. */
export interface Members {
  readonly references: readonly Reference[];
  readonly elements: readonly Complex[];
}

/** All members of a group, each of them a resource, at one version of its entry. */
export interface Known {
  readonly version: string;
  readonly members: Members;
  /** When all of them were read. Unit: ms, monotonic. */
  readonly readAt: number;
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
  readonly #byGroup: ShortLived<Known>;

  /** @param ttl  Unit: ms */
  constructor(ttl: number) {
    this.#byGroup = new ShortLived({
      ttl,
      max: MOST / FEWEST,
      maxSize: MOST,
      sizeCalculation: ({ members }) => Math.max(1, members.references.length),
    });
  }

  get(group: string): Known | undefined {
    return this.#byGroup.get(group);
  }

  /** What was just read. @returns `undefined` when it is not worth keeping */
  read(group: string, version: string, members: Members): Known | undefined {
    const { length } = members.references;
    if (length < FEWEST || length > MOST) return undefined;
    const known: Known = { version, members, readAt: performance.now() };
    this.put(group, known);
    return known;
  }

  /** They are believed no longer than since they were read. */
  put(group: string, known: Known): void {
    this.#byGroup.set(group, known, { start: known.readAt });
  }

  drop(group: string): void {
    this.#byGroup.delete(group);
  }

  /** After a change of ours to the resource `id`, which may be a member. */
  dropWith(id: string): void {
    this.drop(id);
    for (const [group, { members }] of this.#byGroup.entries()) {
      if (members.references.some((member) => member.id === id)) this.drop(group);
    }
  }
}
