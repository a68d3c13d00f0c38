import { unavailable } from '../../postgres/postgres-errors.ts';
import { type Change, isChangeOf, wouldDiffer } from '../../scim/change.ts';
import type { Page, Query, Read } from '../../scim/query.ts';
import type { Attributes, Changed, Resource, Value } from '../../scim/resource.ts';
import type { EntitlementType } from '../../scim/schema/entitlement.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { hashPassword } from '../../secrets/password-hash.ts';
import type { Backend, Call, Capabilities, Catalogue, Gauge } from '../backend.ts';
import type { Surroundings } from '../module/backend-module.ts';
import type { LeftOutboxes, Outbox } from '../trail.ts';
import { TableCatalogue } from './entitlements/table-catalogue.ts';
import { listResources } from './list-resources.ts';
import { OpenStore } from './open-store.ts';
import { postgresGauges } from './postgres-gauges.ts';
import { readResource } from './read-resource.ts';
import { toResource } from './row/rows-to-resources.ts';
import type { PeopleSettings } from './settings.ts';
import { createGroup } from './writing/create-group.ts';
import { deleteResource } from './writing/delete-resource.ts';
import { modifyResource } from './writing/modify-resource.ts';
import { newResource } from './writing/new-resource.ts';
import type { PasswordChange } from './writing/password.ts';

/** People in a schema of a PostgreSQL database, which other connectors may share. */
export class PostgresBackend implements Backend {
  readonly capabilities: Capabilities;
  readonly #settings: PeopleSettings;
  readonly #surroundings: Surroundings;
  #store: OpenStore | undefined;

  constructor(settings: PeopleSettings, surroundings: Surroundings = {}) {
    this.#settings = settings;
    this.#surroundings = surroundings;
    this.capabilities = {
      types: ['User', 'Group'],
      create: true,
      modify: true,
      delete: true,
      password: settings.passwords === 'hash',
      sort: true,
      incremental: true,
      sharesCommits: true,
      versioning: 'atomic',
    };
  }

  get outbox(): Outbox {
    return this.#opened().outbox;
  }

  get left(): LeftOutboxes {
    return this.#opened().left;
  }

  async open(): Promise<void> {
    const store = new OpenStore(this.#settings, this.#surroundings);
    await store.open();
    this.#store = store;
  }

  async close(): Promise<void> {
    await this.#store?.drain();
    const store = this.#store;
    this.#store = undefined;
    await store?.close();
  }

  async ping(): Promise<void> {
    await this.#opened().database.ping();
  }

  create(call: Call, type: ResourceType, attributes: Attributes, read?: Read): Promise<Resource> {
    return this.#change(async (store) => {
      const created = newResource(type, attributes, await this.#password(attributes['password']));
      const { members } = attributes;
      if (type.hasMembers && members !== undefined)
        return store.transaction(call, async (session, leave) => {
          const row = await createGroup(session, created, members as Value, leave);
          store.counts.changed();
          return toResource(session, row, read);
        });
      const row = await store.queue.add(created, call.signal, call.trail);
      // Nobody is in it: what was made is told without asking once more, as far as it stands by itself.
      return toResource(store.readerFor(call), row, { ...read, without: ['members', ...(read?.without ?? [])] });
    });
  }

  get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    return readResource(this.#opened().readerFor(call), type.name, id, read);
  }

  list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    return listResources(this.#opened().readerFor(call), type.name, query);
  }

  modify(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from?: Resource,
    read?: Read,
  ): Promise<Changed> {
    return this.#change(async (store) => {
      const change = changes.findLast(isChangeOf('password'));
      const password = change?.op === 'unset' ? 'removed' : await this.#password(change?.op === 'set' && change.value);
      const modification = { id, changes, password, ifMatch: from?.meta.version, read };
      return store.transaction(call, (session, leave) => modifyResource(session, type, modification, leave));
    });
  }

  /** A document keeps all that it is told. */
  async wouldChange(call: Call, type: ResourceType, id: string, changes: readonly Change[]): Promise<boolean> {
    return wouldDiffer((await this.get(call, type, id)).attributes, changes);
  }

  asKept(_: ResourceType, attributes: Attributes): Attributes {
    return attributes;
  }

  dropped(_: ResourceType, { password }: Attributes): readonly string[] {
    return password !== undefined && this.#settings.passwords === 'discard' ? ['password'] : [];
  }

  delete(call: Call, type: ResourceType, id: string, from?: Resource): Promise<void> {
    return this.#change((store) => {
      store.counts.changed();
      return store.transaction(call, (session, leave) => deleteResource(session, type, id, from?.meta.version, leave));
    });
  }

  catalogue(type: EntitlementType): Catalogue {
    return new TableCatalogue(type, (call) => this.#opened().readerFor(call));
  }

  gauges(): readonly Gauge[] {
    return this.#store ? postgresGauges(this.#store.database.standing, this.#store.queue.standing) : [];
  }

  async #password(value: unknown): Promise<PasswordChange> {
    if (this.#settings.passwords === 'discard' || typeof value !== 'string') return undefined;
    return { hash: await hashPassword(value) };
  }

  #opened(): OpenStore {
    if (this.#store) return this.#store;
    throw unavailable('database-missing', 'the database is not open');
  }

  async #change<T>(work: (store: OpenStore) => Promise<T>): Promise<T> {
    const store = this.#opened();
    return store.change(() => work(store));
  }
}
