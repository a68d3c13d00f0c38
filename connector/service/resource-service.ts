import type { Backend, Call } from '../backend/backend.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import { inTurns } from '../concurrency/turns.ts';
import { type Change, diff } from '../scim/change.ts';
import type { Draft, Patch } from '../scim/draft.ts';
import { ScimError, versionMismatch } from '../scim/error.ts';
import { isOperationList } from '../scim/outline.ts';
import { limited } from '../scim/partial.ts';
import type { Page, Query, Read } from '../scim/query.ts';
import type { Attributes, Resource, Value } from '../scim/resource.ts';
import type { Attribute } from '../scim/schema/attribute.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { requireComplete, requireCore, writable } from './accept.ts';
import { type FirstReplies, OwnReplies } from './first-replies.ts';
import { retrying, unlessOvertaken } from './lost-race.ts';
import { asksForMembers, isIdle, splitPatch } from './member-changes.ts';
import { patched } from './patch.ts';
import { operatedSteps } from './patch-operations.ts';
import type { Policy } from './policy.ts';
import { replaced } from './put.ts';
import type { Created, IfMatch, Modified, Service } from './service.ts';
import { type AsKept, inStoreWords, keepsType } from './store-words.ts';
import { tidied } from './tidy.ts';

/** What services of one store share, whatever their rules: who changes what now, and who has heard of what. */
export class Together {
  readonly mutex = new KeyedMutex();
  readonly replies: FirstReplies;

  constructor(replies: FirstReplies = new OwnReplies()) {
    this.replies = replies;
  }
}

/** The rules that hold for every wire format and every store. */
export class ResourceService implements Service {
  readonly #backend: Backend;
  readonly #policy: Policy;
  readonly #mutex: KeyedMutex;
  readonly #replies: FirstReplies;

  constructor(backend: Backend, policy: Policy, { mutex, replies } = new Together()) {
    this.#backend = backend;
    this.#policy = policy;
    this.#mutex = mutex;
    this.#replies = replies;
  }

  ping(): Promise<void> {
    return this.#backend.ping();
  }

  dropped(type: ResourceType, attributes: Attributes): readonly string[] {
    return this.#backend.dropped(type, attributes);
  }

  async create(call: Call, type: ResourceType, draft: Draft, answer?: Read): Promise<Created> {
    requireCapable(this.#backend.capabilities.create, `creating a ${type.name}`);
    const sent = this.#backend.asKept(type, draft.attributes);
    const wanted = tidied(type, type.isAccount ? { active: true, ...sent } : sent);
    requireComplete(type, wanted);
    try {
      const resource = await this.#backend.create(call, type, wanted, answer);
      await this.#replies.expect(call, resource.id);
      return { resource };
    } catch (error) {
      if (!(error instanceof ScimError) || error.reason !== 'uniqueness') throw error;
      const existing = await this.#sameAs(call, type, wanted);
      if (!existing) throw error;
      return { resource: existing, linked: true };
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
    if (!existing || (await this.#replies.arrived(call, existing.id))) return undefined;
    const { password, ...rest } = wanted;
    const changes = diff(writable(type, existing.attributes), rest);
    if (changes.length > 0 && (await this.#backend.wouldChange(call, type, existing.id, changes))) return undefined;
    if (password === undefined) return existing;
    const change: Change = { op: 'set', path: { attribute: 'password' }, value: password as Value };
    return this.#backend.modify(call, type, existing.id, [change]);
  }

  async get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    const resource = await this.#backend.get(call, type, id, read);
    await this.#replies.arrive(call, id, resource.meta.created);
    return resource;
  }

  list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    const { filter } = query;
    const asked =
      filter && this.#policy.storeWords ? { ...query, filter: inStoreWords(this.#asKept(type), filter) } : query;
    return this.#backend.list(call, type, asked);
  }

  #asKept(type: ResourceType): AsKept {
    return (attributes) => this.#backend.asKept(type, attributes);
  }

  replace(
    call: Call,
    type: ResourceType,
    id: string,
    draft: Draft,
    ifMatch?: IfMatch,
    answer: Read = {},
  ): Promise<Modified> {
    requireCore(type, draft.attributes);
    const sent = { ...draft, attributes: this.#backend.asKept(type, draft.attributes) };
    const want = (current: Attributes): Attributes => replaced(type, current, sent, this.#policy);
    const read: Read = type.hasMembers ? { without: ['groups'], bare: true } : answer;
    return this.#change(call, type, id, { ifMatch, answer, read, want, members: [] });
  }

  patch(
    call: Call,
    type: ResourceType,
    id: string,
    patch: Patch,
    ifMatch?: IfMatch,
    answer: Read = {},
  ): Promise<Modified> {
    const { changes, rest } = splitPatch(type, patch);
    const isFree = ifMatch === '*' || (ifMatch === undefined && !this.#policy.requireIfMatch);
    if (changes.length > 0 && isFree && isIdle(rest)) return this.#changeMembers(call, type, id, changes, answer);
    const keeps = (attribute: Attribute, label: string): boolean => keepsType(this.#asKept(type), attribute, label);
    const want = (current: Attributes): Attributes | Promise<Attributes> =>
      isOperationList(rest)
        ? inTurns(operatedSteps(type, current, rest, keeps), () => requireAwaited(call))
        : patched(type, current, rest);
    const isRead = type.hasMembers && !answer.without?.includes('members');
    const apart: Read = isRead ? { without: ['groups', 'members'] } : answer;
    const read: Read = asksForMembers(rest) ? { without: ['groups'] } : apart;
    return this.#change(call, type, id, { ifMatch, answer, read, want, members: changes });
  }

  /** Nothing need be read for that: the store knows what was so already. */
  async #changeMembers(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    answer: Read,
  ): Promise<Modified> {
    requireCapable(this.#backend.capabilities.modify, `changing a ${type.name}`);
    await this.#replies.arrive(call, id);
    const change = this.#mutex.run(id, () => this.#backend.modify(call, type, id, changes, undefined, answer));
    const { unchanged, ...resource } = await change;
    return { resource: limited(resource, answer), before: {}, changes: unchanged ? [] : changes };
  }

  async delete(call: Call, type: ResourceType, id: string, ifMatch?: IfMatch): Promise<void> {
    requireCapable(this.#backend.capabilities.delete, `deleting a ${type.name}`);
    await this.#replies.arrive(call, id);
    await this.#mutex.run(id, () =>
      retrying(async () => {
        if (ifMatch === '*' || (ifMatch === undefined && !this.#policy.requireIfMatch)) {
          return unlessOvertaken(this.#backend.delete(call, type, id));
        }
        // Also where only a version is missing: what does not exist is 404 before it is 412.
        const current = await this.#read(call, type, id, ifMatch, { without: ['groups', 'members'] });
        this.#requireMatch(ifMatch, type, current);
        return unlessOvertaken(this.#backend.delete(call, type, id, current));
      }),
    );
  }

  async #change(
    call: Call,
    type: ResourceType,
    id: string,
    { ifMatch, answer, read, want, members }: Order,
  ): Promise<Modified> {
    requireCapable(this.#backend.capabilities.modify, `changing a ${type.name}`);
    return this.#mutex.run(id, () =>
      retrying(async () => {
        const current = await this.#read(call, type, id, ifMatch, { ...read, freshness: 'remembered' });
        await this.#replies.arrive(call, id, current.meta.created);
        this.#requireMatch(ifMatch, type, current);
        const before = current.attributes;
        const wanted = tidied(type, await want(before), before);
        requireComplete(type, wanted, before);
        const worked = diff(writable(type, before), wanted);
        const changes = [...worked, ...members];
        if (changes.length === 0) {
          const resource = read === answer ? current : await this.#backend.get(call, type, id, answer);
          return { resource: limited(resource, answer), before, changes };
        }
        // What names its members itself is right whatever else has changed, unless the client says otherwise.
        const from = worked.length > 0 || Array.isArray(ifMatch) ? current : undefined;
        const modified = await unlessOvertaken(this.#backend.modify(call, type, id, changes, from, answer));
        const { unchanged, ...resource } = modified;
        return { resource: limited(resource, answer), before, changes: unchanged ? [] : changes };
      }),
    );
  }

  /** Some stores have no version of a group without its members; who names one has to wait for them. */
  async #read(call: Call, type: ResourceType, id: string, ifMatch: IfMatch | undefined, read: Read): Promise<Resource> {
    const current = await this.#backend.get(call, type, id, read);
    const lacks = Array.isArray(ifMatch) && type.hasMembers && current.meta.version === undefined;
    return lacks && read.without?.includes('members') ? this.#backend.get(call, type, id) : current;
  }

  #requireMatch(ifMatch: IfMatch | undefined, type: ResourceType, current: Resource): void {
    if (ifMatch === undefined) {
      if (!this.#policy.requireIfMatch) return;
      throw new ScimError('versionMismatch', 'this connector requires If-Match with the version last read', {
        fault: 'version-required',
      });
    }
    const { version } = current.meta;
    if (ifMatch === '*' || version === undefined) return;
    if (!ifMatch.includes(version)) throw versionMismatch(type.name, current.id, version);
  }
}

/** A change of one resource, as PUT and PATCH put it. */
interface Order {
  readonly ifMatch: IfMatch | undefined;
  /** What the answer shall hold. */
  readonly answer: Read;
  /** What `want` has to see. */
  readonly read: Read;
  readonly want: (current: Attributes) => Attributes | Promise<Attributes>;
  /** Changes that need no reading. */
  readonly members: readonly Change[];
}

/** @throws unavailable  nobody waits for it any more */
function requireAwaited({ signal }: Call): void {
  if (signal.aborted)
    throw new ScimError('unavailable', 'the request was given up while it was worked on', { fault: 'client-gone' });
}

function requireCapable(capable: boolean, action: string): void {
  if (!capable)
    throw new ScimError('notImplemented', `${action} is not possible with this backend`, { fault: 'feature-off' });
}
