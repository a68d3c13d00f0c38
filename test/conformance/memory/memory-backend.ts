import { randomUUID } from 'node:crypto';
import type { Backend, Call, Capabilities } from '../../../connector/backend/backend.ts';
import { applyChanges, type Change, type Element, wouldDiffer } from '../../../connector/scim/change.ts';
import { formatDateTime } from '../../../connector/scim/date-time.ts';
import {
  noSuchMembers,
  noSuchPlace,
  noSuchUser,
  notFound,
  notUnique,
  versionMismatch,
} from '../../../connector/scim/error.ts';
import { matches } from '../../../connector/scim/filter/matches.ts';
import { naturalName } from '../../../connector/scim/names.ts';
import type { Page, Query, Read, Sort } from '../../../connector/scim/query.ts';
import {
  type Attributes,
  type Changed,
  isComplex,
  type Resource,
  type Scalar,
} from '../../../connector/scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../../connector/scim/schema/names.ts';
import type { ResourceType } from '../../../connector/scim/schema/resource-type.ts';
import { compareSorted, sortKey } from '../../../connector/scim/sort.ts';
import { nameKey } from '../../../connector/scim/text.ts';
import { type Entry, references } from './memory-references.ts';

/**
 * The contract in its plainest form: the definition (`matches`, `sortKey`) applied to everything there is. It is the
 * reference that the conformance suite compares the others with, and is never offered to users.
 * Every method runs to its end without a pause, so that changes are atomic.
 */
export class MemoryBackend implements Backend {
  readonly capabilities: Capabilities = {
    types: ['User', 'Group'],
    create: true,
    modify: true,
    delete: true,
    password: true,
    sort: true,
    incremental: true,
    versioning: 'atomic',
  };
  /** In the order of creation. */
  readonly #entries = new Map<string, Entry>();
  #created = 0;

  async open(): Promise<void> {}
  async close(): Promise<void> {}
  async ping(): Promise<void> {}

  async create(_: Call, type: ResourceType, attributes: Attributes, read?: Read): Promise<Resource> {
    const { members, kept } = split(attributes);
    this.#accept(type, kept);
    const ids = this.#known(members);
    const now = Date.now();
    const entry: Entry = {
      id: randomUUID(),
      seq: this.#created++,
      type,
      created: now,
      modified: now,
      version: 1,
      attributes: kept,
      members: new Set(),
    };
    this.#entries.set(entry.id, entry);
    this.#setMembers(entry, ids);
    return this.#resource(entry, read);
  }

  async get(_: Call, type: ResourceType, id: string, read: Read = {}): Promise<Resource> {
    return this.#resource(this.#entry(type, id), read);
  }

  async list(_: Call, type: ResourceType, { filter, sort, offset, limit, cursor, ...read }: Query): Promise<Page> {
    const accepts = filter ? matches(filter) : () => true;
    const found = [...this.#entries.values()]
      .filter((entry) => entry.type.name === type.name)
      .map((entry) => ({ entry, whole: this.#resource(entry) }))
      .filter(({ whole }) => accepts(whole))
      .map(({ entry, whole }): Found => ({ entry, place: { key: sort && sortKey(whole, sort.path), seq: entry.seq } }));
    found.sort((a, b) => compare(sort, a.place, b.place));
    const after = cursor?.after === undefined ? undefined : readPlace(cursor.after);
    const start = after ? found.filter(({ place }) => compare(sort, place, after) <= 0).length : offset;
    const page = found.slice(start, start + limit);
    const last = page.at(-1);
    return {
      total: found.length,
      resources: page.map(({ entry }) => this.#resource(entry, read)),
      ...(cursor && last && start + limit < found.length ? { next: JSON.stringify(last.place) } : {}),
    };
  }

  async modify(
    _: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from?: Resource,
    read?: Read,
  ): Promise<Changed> {
    const entry = this.#entry(type, id, from);
    const before = entry.members.size === 0 ? {} : { members: [...entry.members].map((value) => ({ value })) };
    const attributes = { ...entry.attributes, ...before };
    const { members, kept } = split(applyChanges(attributes, changes));
    this.#accept(type, kept, entry);
    const ids = this.#known(members);
    if (!wouldDiffer(attributes, changes))
      return { ...this.#resource(entry, read), ...(changes.length > 0 ? { unchanged: true } : {}) };
    entry.attributes = kept;
    entry.version += 1;
    touch(entry);
    this.#setMembers(entry, ids);
    return this.#resource(entry, read);
  }

  async wouldChange(_: Call, type: ResourceType, id: string, changes: readonly Change[]): Promise<boolean> {
    return wouldDiffer(this.#resource(this.#entry(type, id)).attributes, changes);
  }

  asKept(_: ResourceType, attributes: Attributes): Attributes {
    return attributes;
  }

  dropped(): readonly string[] {
    return [];
  }

  async delete(_: Call, type: ResourceType, id: string, from?: Resource): Promise<void> {
    const entry = this.#entry(type, id, from);
    for (const group of this.#entries.values()) {
      if (!group.members.delete(id)) continue;
      group.version += 1;
      touch(group);
    }
    this.#setMembers(entry, []);
    this.#entries.delete(id);
  }

  #entry(type: ResourceType, id: string, from?: Resource): Entry {
    const entry = this.#entries.get(id);
    if (entry?.type.name !== type.name) throw notFound(type.name, id);
    if (from && from.meta.version !== String(entry.version)) throw versionMismatch(type.name, id);
    return entry;
  }

  #accept(type: ResourceType, attributes: Attributes, self?: Entry): void {
    const value = naturalName(type, attributes);
    for (const entry of this.#entries.values()) {
      if (entry === self || entry.type.name !== type.name) continue;
      if (nameKey(naturalName(type, entry.attributes)) === nameKey(value)) throw notUnique(type.naturalKey, value);
    }
    const manager = managerId(attributes);
    if (manager === undefined || type.keepsUnknownManager || (self && managerId(self.attributes) === manager)) return;
    if (!this.#entries.get(manager)?.type.isAccount) {
      throw noSuchUser(`${ENTERPRISE_SCHEMA}:manager.managerId`, manager);
    }
  }

  #known(members: readonly Element[]): string[] {
    const ids = members.map((member) => String(isComplex(member) ? member['value'] : member));
    const unknown = ids.filter((id) => !this.#entries.has(id));
    if (unknown.length > 0) throw noSuchMembers(unknown);
    return ids;
  }

  #setMembers(group: Entry, ids: readonly string[]): void {
    const after = new Set(ids);
    for (const id of new Set([...group.members, ...after])) {
      const member = this.#entries.get(id);
      const changed = group.members.has(id) !== after.has(id);
      if (member && member !== group && changed) touch(member);
    }
    group.members = after;
  }

  #resource(entry: Entry, read: Read = {}): Resource {
    const { id, created, modified, version, attributes } = entry;
    return {
      id,
      meta: {
        created: formatDateTime(created),
        lastModified: formatDateTime(modified),
        version: String(version),
      },
      attributes: structuredClone({ ...attributes, ...references(this.#entries, entry, read) }),
    };
  }
}

const managerId = (attributes: Attributes): string | undefined =>
  (attributes[ENTERPRISE_SCHEMA] as { manager?: { managerId?: string } } | undefined)?.manager?.managerId;

function touch(entry: Entry): void {
  entry.modified = Math.max(Date.now(), entry.modified + 1);
}

/** What is stored as it came; members live apart, and what is computed or secret is not stored at all. */
function split(attributes: Attributes): { members: readonly Element[]; kept: Attributes } {
  const { members, groups: _groups, password: _password, ...kept } = attributes;
  return { members: (members ?? []) as readonly Element[], kept: structuredClone(kept) };
}

/** What a list is ordered by. */
interface Place {
  readonly key: Scalar | undefined;
  readonly seq: number;
}

interface Found {
  readonly entry: Entry;
  readonly place: Place;
}

function readPlace(after: string): Place {
  try {
    const place = JSON.parse(after) as Place;
    if (Number.isInteger(place.seq)) return place;
  } catch {
    // No JSON, or null.
  }
  throw noSuchPlace();
}

const compare = (sort: Sort | undefined, a: Place, b: Place): number =>
  (sort && compareSorted(sort.path, sort.descending, a.key, b.key)) || a.seq - b.seq;
