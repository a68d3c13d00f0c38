import { normalDn } from '../directory/dn.ts';
import { type Entry, firstText, type Search } from '../directory/session.ts';
import { idOf } from '../layout/attribute-selection.ts';
import type { Tree } from '../layout/tree.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import type { Known } from './make-proof.ts';

/** A search with more entries is of those that others point at. */
const MOST = 16;

/** A later reading may have been of less. Of one entry: of another one nothing is kept. */
function merged(before: Known | undefined, now: Known): Known {
  if (!before?.before || !now.before || before.id !== now.id) return now;
  const attributes = new Map([...before.before.attributes, ...now.before.attributes]);
  return { ...before, ...now, before: { attributes, read: new Set([...before.before.read, ...now.before.read]) } };
}

/** What one operation has read of the entries that it may be about to write. */
export class SeenEntries {
  readonly #tree: Tree;
  readonly #known = new Map<string, Known>();

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  take({ attributes }: Search, found: readonly Entry[]): void {
    if (found.length > MOST) return;
    const read = new Set(attributes.map(keyOf));
    const { id, version } = this.#tree.profile;
    if (!read.has(keyOf(id.attribute))) return;
    for (const entry of found) {
      const now = version === undefined ? undefined : firstText(entry.attributes, version);
      const fresh = {
        id: idOf(this.#tree, entry),
        ...(now === undefined ? {} : { version: now }),
        before: { attributes: entry.attributes, read },
      };
      this.#known.set(normalDn(entry.dn), merged(this.at(entry.dn), fresh));
    }
  }

  at(dn: string): Known | undefined {
    return this.#known.get(normalDn(dn));
  }

  /** Its id alone is as it was. @param now  its DN then; absent when it is gone */
  wrote(dn: string, now?: string): void {
    const id = this.at(dn)?.id;
    this.#known.delete(normalDn(dn));
    if (now !== undefined && id !== undefined) this.#known.set(normalDn(now), { id });
  }
}
