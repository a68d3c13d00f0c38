import type { Backend, Call } from '../backend/backend.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import { type Change, diff, isChangeOf } from '../scim/change.ts';
import type { Draft, Patch } from '../scim/draft.ts';
import { ScimError, versionMismatch } from '../scim/error.ts';
import type { Page, Query, Read } from '../scim/query.ts';
import type { Attributes, Resource, Value } from '../scim/resource.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { requireComplete, writable } from './accept.ts';
import { FirstReplies } from './first-replies.ts';
import { patched } from './patch.ts';
import type { Policy } from './policy.ts';
import { replaced } from './put.ts';

/** `If-Match`: any version will do, or one of these. */
export type IfMatch = '*' | readonly string[];

/** A change and what it did, so that a log can tell a deactivation from a profile push. */
export interface Modified {
  readonly resource: Resource;
  readonly before: Attributes;
  readonly changes: readonly Change[];
}

/** Rounds of read, compare and write before a lost race is reported. Another instance may write to the same store. */
const ATTEMPTS = 5;

/** The rules that hold for every wire format and every store. */
export class ResourceService {
  readonly #backend: Backend;
  readonly #policy: Policy;
  readonly #mutex = new KeyedMutex();
  readonly #replies = new FirstReplies();

  constructor(backend: Backend, policy: Policy) {
    this.#backend = backend;
    this.#policy = policy;
  }

  /** @throws invalidValue, uniqueness, forbidden, unavailable */
  async create(call: Call, type: ResourceType, draft: Draft): Promise<Resource> {
    this.#writable(this.#backend.capabilities.create, `creating a ${type.name}`);
    const wanted = type.name === 'User' ? { active: true, ...draft.attributes } : draft.attributes;
    requireComplete(type, wanted);
    try {
      const created = await this.#backend.create(call, type, wanted);
      this.#replies.expect(created.id);
      return created;
    } catch (error) {
      if (!(error instanceof ScimError) || error.reason !== 'uniqueness') throw error;
      const existing = await this.#sameAs(call, type, wanted);
      if (!existing) throw error;
      return existing;
    }
  }

  /** What an identical create made before, when its reply may have been lost (docs/okta-agent.md, Status codes). */
  async #sameAs(call: Call, type: ResourceType, wanted: Attributes): Promise<Resource | undefined> {
    if (this.#policy.createAgain === 'conflict') return undefined;
    const attribute = type.attributes.find((a) => a.unique && a.name !== 'id');
    const value = attribute && wanted[attribute.name];
    if (!attribute || typeof value !== 'string') return undefined;
    const filter = { kind: 'compare', path: { attribute }, op: 'eq', value } as const;
    const { resources } = await this.#backend.list(call, type, { filter, offset: 0, limit: 1 });
    const [existing] = resources;
    if (!existing || this.#replies.arrived(existing.id)) return undefined;
    const { password, ...rest } = wanted;
    const changes = diff(writable(type, existing.attributes), rest);
    if (changes.length > 0 && (await this.#backend.wouldChange(call, type, existing.id, changes))) return undefined;
    if (password === undefined) return existing;
    const change: Change = { op: 'set', path: { attribute: 'password' }, value: password as Value };
    return this.#backend.modify(call, type, existing.id, [change]);
  }

  /** @throws notFound, unavailable */
  async get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    const resource = await this.#backend.get(call, type, id, read);
    this.#replies.arrive(id);
    return resource;
  }

  /** @throws unavailable */
  list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    return this.#backend.list(call, type, query);
  }

  /** PUT. @throws notFound, invalidValue, uniqueness, versionMismatch, forbidden, unavailable */
  replace(call: Call, type: ResourceType, id: string, draft: Draft, ifMatch?: IfMatch): Promise<Modified> {
    requireComplete(type, draft.attributes);
    return this.#change(call, type, id, ifMatch, (current) => replaced(type, current, draft, this.#policy));
  }

  /** PATCH. @throws notFound, invalidValue, mutability, uniqueness, versionMismatch, forbidden, unavailable */
  patch(call: Call, type: ResourceType, id: string, patch: Patch, ifMatch?: IfMatch): Promise<Modified> {
    return this.#change(call, type, id, ifMatch, (current) => patched(type, current, patch));
  }

  /** @throws notFound, versionMismatch, forbidden, unavailable */
  async delete(call: Call, type: ResourceType, id: string, ifMatch?: IfMatch): Promise<void> {
    this.#writable(this.#backend.capabilities.delete, `deleting a ${type.name}`);
    this.#replies.arrive(id);
    await this.#mutex.run(id, () =>
      this.#retrying(async () => {
        if (ifMatch === '*' || (ifMatch === undefined && !this.#policy.requireIfMatch)) {
          return this.#backend.delete(call, type, id);
        }
        // Also where only a version is missing: what does not exist is 404 before it is 412.
        const current = await this.#backend.get(call, type, id, { without: ['groups', 'members'] });
        this.#requireMatch(ifMatch, type, current);
        return this.#backend.delete(call, type, id, current);
      }),
    );
  }

  async #change(
    call: Call,
    type: ResourceType,
    id: string,
    ifMatch: IfMatch | undefined,
    want: (current: Attributes) => Attributes,
  ): Promise<Modified> {
    this.#writable(this.#backend.capabilities.modify, `changing a ${type.name}`);
    this.#replies.arrive(id);
    return this.#mutex.run(id, () =>
      this.#retrying(async () => {
        const current = await this.#backend.get(call, type, id, { freshness: 'remembered' });
        this.#requireMatch(ifMatch, type, current);
        const wanted = want(current.attributes);
        requireComplete(type, wanted);
        const changes = diff(writable(type, current.attributes), wanted);
        if (changes.length === 0) return { resource: current, before: current.attributes, changes };
        this.#guard(current, changes);
        const resource = await this.#backend.modify(call, type, id, changes, current);
        return { resource, before: current.attributes, changes };
      }),
    );
  }

  /** A lost race is compared again: who sent no If-Match did not ask to be told about it. */
  async #retrying<T>(attempt: () => Promise<T>): Promise<T> {
    for (let left = ATTEMPTS; ; left -= 1) {
      try {
        return await attempt();
      } catch (error) {
        const lostRace = error instanceof ScimError && error.reason === 'versionMismatch' && !settled.has(error);
        if (!lostRace || left <= 1) throw error;
      }
    }
  }

  #requireMatch(ifMatch: IfMatch | undefined, type: ResourceType, current: Resource): void {
    if (ifMatch === undefined) {
      if (!this.#policy.requireIfMatch) return;
      throw settle(new ScimError('versionMismatch', 'this connector requires If-Match with the version last read'));
    }
    const { version } = current.meta;
    if (ifMatch === '*' || version === undefined) return;
    if (!ifMatch.includes(version)) throw settle(versionMismatch(type.name, current.id, version));
  }

  #writable(capable: boolean, action: string): void {
    if (this.#policy.readOnly) throw new ScimError('forbidden', `${action} is refused: this connector is read-only`);
    if (!capable) throw new ScimError('notImplemented', `${action} is not possible with this backend`);
  }

  /** Stops a change that would empty a group by mistake (docs/okta-agent.md, Groups). */
  #guard({ attributes }: Resource, changes: readonly Change[]): void {
    const members = attributes['members'];
    const before = Array.isArray(members) ? members.length : 0;
    const gone = changes
      .filter(isChangeOf('members'))
      .reduce((n, change) => n + (change.op === 'remove' ? change.values.length : 0), 0);
    const limit = this.#policy.maxGroupRemoval;
    if (limit >= 100 || gone * 100 <= before * limit) return;
    const text = `members: this would remove ${gone} of ${before} members; the limit is ${limit} %`;
    throw new ScimError('forbidden', `${text} (max_group_removal)`);
  }
}

/** Mismatches with the client's own If-Match: trying again cannot help. */
const settled = new WeakSet<ScimError>();

function settle(error: ScimError): ScimError {
  settled.add(error);
  return error;
}
