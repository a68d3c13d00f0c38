import { resolve } from 'node:path';
import { type Change, isChangeOf, wouldDiffer } from '../../scim/change.ts';
import type { Page, Query, Read } from '../../scim/query.ts';
import type { Attributes, Changed, Resource } from '../../scim/resource.ts';
import type { EntitlementType } from '../../scim/schema/entitlement.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { hashPassword } from '../../secrets/password-hash.ts';
import type { Backend, Call, Capabilities, Catalogue, Gauge } from '../backend.ts';
import type { ImportCounts, Imported, ImportOptions } from '../module/transfer.ts';
import type { Outbox } from '../trail.ts';
import type { OnRun } from './connection/connection.ts';
import { asUnavailable, unavailable } from './connection/sqlite-errors.ts';
import { TableCatalogue } from './entitlements/table-catalogue.ts';
import { listResources } from './list-resources.ts';
import { OpenStore } from './open-store.ts';
import { readResource } from './read-resource.ts';
import type { SqliteSettings } from './settings.ts';
import { sqliteGauges } from './sqlite-gauges.ts';
import { importResources } from './transfer/import.ts';
import { createResource } from './writing/create-resource.ts';
import { deleteResource } from './writing/delete-resource.ts';
import { modifyResource } from './writing/modify-resource.ts';
import type { PasswordChange } from './writing/password.ts';

/** People in one SQLite file: a document per resource, with indexed keys beside it. See docs/sqlite.md. */
export class SqliteBackend implements Backend {
  readonly capabilities: Capabilities;
  readonly #options: SqliteSettings;
  readonly #file: string;
  readonly #onRun: OnRun | undefined;
  #store: OpenStore | undefined;

  /** @param onRun  is told of each statement that changes something */
  constructor(options: SqliteSettings, onRun?: OnRun) {
    this.#options = options;
    this.#onRun = onRun;
    this.#file = resolve(options.file);
    this.capabilities = {
      types: ['User', 'Group'],
      create: true,
      modify: true,
      delete: true,
      password: options.passwords === 'hash',
      sort: true,
      incremental: true,
      sharesCommits: true,
      versioning: 'atomic',
    };
  }

  get outbox(): Outbox {
    return this.#opened().outbox;
  }

  async open(): Promise<void> {
    this.#store = OpenStore.open(this.#file, { onRun: this.#onRun });
  }

  async close(): Promise<void> {
    await this.#store?.drain();
    const store = this.#store;
    this.#store = undefined;
    store?.close();
  }

  async ping(): Promise<void> {
    this.#opened().ping();
  }

  create({ signal, trail }: Call, type: ResourceType, attributes: Attributes, read?: Read): Promise<Resource> {
    return this.#change(async ({ connection, queue, outbox }) => {
      const password = await this.#password(attributes['password']);
      return queue.add(
        () => createResource(connection, type, attributes, password, read, outbox.leaving(trail)),
        signal,
      );
    });
  }

  async get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    const { connection } = this.#opened();
    try {
      return await readResource(connection, call, type.name, id, read);
    } catch (error) {
      throw asUnavailable(error) ?? error;
    }
  }

  async list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    const { connection } = this.#opened();
    try {
      return await listResources(connection, call, type.name, query);
    } catch (error) {
      throw asUnavailable(error) ?? error;
    }
  }

  modify(
    { signal, trail }: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from?: Resource,
    read?: Read,
  ): Promise<Changed> {
    return this.#change(async ({ connection, queue, outbox }) => {
      const change = changes.findLast(isChangeOf('password'));
      const password = change?.op === 'unset' ? 'removed' : await this.#password(change?.op === 'set' && change.value);
      const version = from?.meta.version;
      const leave = outbox.leaving(trail);
      return queue.add(() => modifyResource(connection, type, id, changes, password, version, read, leave), signal);
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
    return password !== undefined && this.#options.passwords === 'discard' ? ['password'] : [];
  }

  delete({ signal, trail }: Call, type: ResourceType, id: string, from?: Resource): Promise<void> {
    return this.#change(({ connection, queue, outbox }) =>
      queue.add(() => deleteResource(connection, type, id, from?.meta.version, outbox.leaving(trail)), signal),
    );
  }

  /** Adds all of `resources` or nothing, in one transaction; other changes wait meanwhile, reads do not. */
  importResources(
    { signal }: Call,
    resources: Iterable<Imported> | AsyncIterable<Imported>,
    options: ImportOptions = {},
  ): Promise<ImportCounts> {
    const { passwords } = this.#options;
    return this.#change(({ queue }) =>
      queue.paused(() => importResources(this.#file, resources, { ...options, signal, passwords })),
    );
  }

  catalogue(type: EntitlementType): Catalogue {
    return new TableCatalogue(type, () => this.#opened().connection);
  }

  gauges(): readonly Gauge[] {
    return this.#store ? sqliteGauges(this.#store.queue.standing, this.#file) : [];
  }

  async #password(value: unknown): Promise<PasswordChange> {
    if (this.#options.passwords === 'discard' || typeof value !== 'string') return undefined;
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
