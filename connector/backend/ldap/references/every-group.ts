import type { Directory, Entry } from '../directory/session.ts';
import { unlessGivenUp } from '../directory/unless-given-up.ts';
import type { Branch } from '../layout/branch.ts';
import { readAll } from '../layout/branch-search.ts';
import type { Tree } from '../layout/tree.ts';
import { memberKey, type Reference, referenceSelection, referenceTo } from './reference.ts';

/** Above this, the members of all groups are too much to hold. Unit: memberships; about 150 bytes each. */
const MOST = 500_000;
/** Up to this many people, a search for each is cheaper than reading every group. */
const ASKED_ONE_BY_ONE = 20;
/** Memberships that are read at the cost of one search. */
const COST = 10;
/** Groups of one page: each may have thousands of members. */
const PAGE = 100;

/** The groups that list somebody or a group, under its `memberKey`. */
export type Parents = ReadonlyMap<string, readonly Reference[]>;

interface Read {
  /** `undefined`: too many to hold. */
  readonly parents: Parents | undefined;
  readonly memberships: number;
}

interface Last {
  readonly read: Promise<Read>;
  /** Unit: ms, monotonic. */
  readonly until: number;
}

async function readParents(directory: Directory, signal: AbortSignal, tree: Tree, groups: Branch): Promise<Read> {
  const { membership } = tree;
  const { attributes, ...rest } = referenceSelection(tree, groups);
  const scan = { ...rest, attributes: [...attributes, membership.attribute], pageSize: PAGE };
  let parents = new Map<string, Reference[]>();
  let count = 0;
  const take = (entries: readonly Entry[]): boolean => {
    for (const entry of entries) {
      const members = entry.attributes.get(membership.key) ?? [];
      count += members.length;
      if (count > MOST) return false;
      const group = referenceTo(tree, groups, entry);
      for (const member of members) {
        const key = memberKey(membership, member.toString());
        const list = parents.get(key);
        if (list) list.push(group);
        else parents.set(key, [group]);
      }
    }
    return true;
  };
  await readAll(directory, signal, groups, scan, () => {
    parents = new Map();
    count = 0;
    return take;
  });
  return { parents: count > MOST ? undefined : parents, memberships: count };
}

/**
 * The members of all groups, read once and kept for a short time where that is cheaper than a search for each person:
 * for a page of an import, and for many look-ups one after the other.
 */
export class EveryGroup {
  readonly #directory: Directory;
  readonly #tree: Tree;
  readonly #ttl: number;
  #last: Last | undefined;
  /** People who were asked for one by one since. */
  #asked = 0;
  /** How many memberships there were. */
  #memberships = 0;

  /** @param ttl  how long what was read is believed. Unit: ms */
  constructor(directory: Directory, tree: Tree, ttl: number) {
    this.#directory = directory;
    this.#tree = tree;
    this.#ttl = ttl;
  }

  /** After a change of ours: nothing that was read before may be shown. */
  forget(): void {
    this.#last = undefined;
    this.#asked = 0;
  }

  /** What to go by instead of searches for `people`; `undefined` where these are cheaper, or there is too much to hold. */
  async instead(signal: AbortSignal, groups: Branch, people: number): Promise<Parents | undefined> {
    if (this.#last && this.#last.until <= performance.now()) this.forget();
    if (!this.#last) {
      this.#asked += people;
      const dear = Math.max(ASKED_ONE_BY_ONE, this.#memberships / COST);
      if (people <= ASKED_ONE_BY_ONE && (this.#ttl === 0 || this.#asked <= dear)) return undefined;
    }
    const last = this.#last ?? this.#begin(groups);
    return (await unlessGivenUp(signal, last.read)).parents;
  }

  #begin(groups: Branch): Last {
    // Nobody's signal: others wait for it too.
    const read = readParents(this.#directory, new AbortController().signal, this.#tree, groups);
    const last = { read, until: performance.now() + this.#ttl };
    this.#last = last;
    read.then(
      ({ memberships }) => {
        this.#memberships = memberships;
      },
      () => {
        if (this.#last === last) this.#last = undefined;
      },
    );
    return last;
  }
}
