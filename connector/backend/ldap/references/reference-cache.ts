import { LRUCache } from 'lru-cache';
import { normalDn } from '../directory/dn.ts';
import type { Entry } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import type { Tree } from '../layout/tree.ts';
import { nameKey, type Reference, referenceTo } from './reference.ts';
import { ShortLived } from './short-lived.ts';

/** Of each kind of key. */
const CAPACITY = 25_000;

/** What was read of others a short while ago. For display, and for a first guess at a DN: who writes asks again. */
export class ReferenceCache {
  readonly #tree: Tree;
  readonly #byKey: ShortLived<Reference>;
  readonly #dnById = new LRUCache<string, string>({ max: CAPACITY });

  /** @param ttl  Unit: ms */
  constructor(tree: Tree, ttl: number) {
    this.#tree = tree;
    this.#byKey = new ShortLived({ ttl, max: CAPACITY });
  }

  /** @param entry  with the attributes of `referenceSelection`, or all */
  remember(branch: Branch, entry: Entry): Reference {
    const reference = referenceTo(this.#tree, branch, entry);
    this.#byKey.set(normalDn(reference.dn), reference);
    if (this.#tree.membership.by === 'name') this.#byKey.set(nameKey(reference.name), reference);
    this.#dnById.set(reference.id, reference.dn);
    return reference;
  }

  /** @param key  a normal DN, or a `nameKey` */
  get(key: string): Reference | undefined {
    return this.#byKey.get(key);
  }

  /** Where an entry was last seen. A guess. */
  lastDn(id: string): string | undefined {
    return this.#dnById.get(id);
  }

  forget(dn: string, id: string): void {
    const key = normalDn(dn);
    const gone = this.#byKey.get(key);
    if (gone) this.#byKey.delete(nameKey(gone.name));
    this.#byKey.delete(key);
    this.#dnById.delete(id);
  }
}
