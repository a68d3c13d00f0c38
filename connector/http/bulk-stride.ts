import type { Draft } from '../scim/draft.ts';
import { outline } from '../scim/outline.ts';
import { type Attributes, isComplex, type Value } from '../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../scim/schema/names.ts';
import { nameKey } from '../scim/text.ts';
import type { Prepared } from './bulk-operation.ts';

/** Most that run at once: what others wait for meanwhile stays a few milliseconds. */
export const LONGEST_STRIDE = 64;

/** Who is meant by `manager.managerId`, which may be a login or a number instead of an id. */
function managerIn({ attributes }: Draft): string | undefined {
  const block = attributes[ENTERPRISE_SCHEMA] as Attributes | undefined;
  const manager = block?.['manager'];
  const id = isComplex(manager) ? manager['managerId'] : undefined;
  return typeof id === 'string' ? nameKey(id) : undefined;
}

/** Every text that others might be found by. Who somebody's manager is finds nobody. */
function* textsIn(value: Value | Attributes): Generator<string> {
  if (typeof value === 'string') yield nameKey(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) if (name !== 'manager') yield* textsIn(part as Value);
}

/**
 * Operations of a bulk request that come to the same, one after the other or at once: all of one method, and no two of
 * them of one resource, of one name, or about somebody and whoever is found by what is written there.
 */
export class Stride {
  readonly members: Prepared[] = [];
  readonly #most: number;
  readonly #ids = new Set<string>();
  readonly #names = new Set<string>();
  readonly #texts = new Set<string>();
  #isAlone = false;

  constructor(most: number) {
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#isAlone || this.members.length >= this.#most;
  }

  /** Takes `prepared` in, if it may run beside those that are here. The first one may be one that runs alone. */
  admits(prepared: Prepared): boolean {
    const [first] = this.members;
    if (first && first.operation.method !== prepared.operation.method) return false;
    const isIndependent = this.#isIndependent(prepared);
    if (first && !isIndependent) return false;
    this.members.push(prepared);
    this.#isAlone = !isIndependent;
    return true;
  }

  #isIndependent(prepared: Prepared): boolean {
    const { id, deferred } = prepared;
    const { method, type, version } = prepared.operation;
    if (deferred) return false;
    switch (method) {
      // It may take a name that another one gives up, and which name that is stands in the store alone.
      case 'PUT':
        return false;
      // Who leaves a group changes its version.
      case 'DELETE':
        return !(type.hasMembers && version) && this.#isNew(this.#ids, id);
      case 'PATCH':
        return this.#isNew(this.#ids, id) && this.#isHarmless(prepared, (patch) => !renames(patch, type.naturalKey));
      case 'POST':
        return this.#isHarmless(prepared, ({ attributes }) => {
          const name = attributes[type.naturalKey];
          return typeof name !== 'string' || this.#isNew(this.#names, `${type.name} ${nameKey(name)}`);
        });
    }
  }

  #isNew(known: Set<string>, key: string): boolean {
    if (known.has(key)) return false;
    known.add(key);
    return true;
  }

  /** What cannot be read does nothing to anybody. */
  #isHarmless({ operation, draft, patch }: Prepared, test: (asked: Draft) => boolean): boolean {
    let asked: Draft;
    try {
      asked = outline(operation.method === 'PATCH' ? patch() : draft());
    } catch {
      return true;
    }
    const manager = managerIn(asked);
    if ((manager !== undefined && this.#texts.has(manager)) || !test(asked)) return false;
    for (const text of textsIn(asked.attributes)) this.#texts.add(text);
    return true;
  }
}

const renames = ({ attributes, cleared }: Draft, naturalKey: string): boolean =>
  naturalKey in attributes || cleared.some(({ attribute }) => attribute === naturalKey);
