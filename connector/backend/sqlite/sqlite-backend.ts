import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Change, isChangeOf, wouldDiffer } from '../../scim/change.ts';
import type { Page, Query, Read } from '../../scim/query.ts';
import type { Attributes, Resource } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { hashPassword } from '../../secrets/password-hash.ts';
import type { Backend, Call, Capabilities } from '../backend.ts';
import type { ImportCounts, Imported, ImportOptions } from '../module/transfer.ts';
import type { Connection } from './connection/connection.ts';
import { asUnavailable, inFile, translated, unavailable } from './connection/sqlite-errors.ts';
import { FileLock } from './file/file-lock.ts';
import { closeFile, openFile } from './file/open-file.ts';
import { prepareFile } from './file/prepare-file.ts';
import { findPage } from './query/find-page.ts';
import { COLUMNS, findRow, type Row, toResource } from './row/row-to-resource.ts';
import type { SqliteSettings } from './settings.ts';
import { importResources } from './transfer/import.ts';
import { CommitQueue } from './writing/commit-queue.ts';
import { create, modify, type PasswordChange, remove } from './writing/writer.ts';

interface Open {
  readonly connection: Connection;
  readonly queue: CommitQueue;
  readonly lock: FileLock;
  /** Tells the file that was opened from one put in its place. */
  readonly inode: bigint | undefined;
}

/** People in one SQLite file: a document per resource, with indexed keys beside it. See docs/sqlite.md. */
export class SqliteBackend implements Backend {
  readonly capabilities: Capabilities;
  readonly #options: SqliteSettings;
  readonly #file: string;
  readonly #writes = new Set<Promise<unknown>>();
  #open: Open | undefined;
  #closing = false;

  constructor(options: SqliteSettings) {
    this.#options = options;
    this.#file = resolve(options.file);
    this.capabilities = {
      types: ['User', 'Group'],
      create: true,
      modify: true,
      delete: true,
      password: options.passwords === 'hash',
      sort: true,
      incremental: true,
      versioning: 'atomic',
    };
  }

  async open(): Promise<void> {
    const path = prepareFile(this.#file);
    const lock = this.#explain(() => FileLock.take(path));
    try {
      const connection = openFile(this.#file);
      this.#open = { connection, queue: new CommitQueue(connection), lock, inode: inodeOf(this.#file) };
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    while (this.#writes.size > 0) await Promise.allSettled(this.#writes);
    const open = this.#open;
    this.#open = undefined;
    if (open) closeFile(open.connection);
    open?.lock.release();
  }

  async ping(): Promise<void> {
    const { connection, inode } = this.#opened();
    translated(() => connection.row('SELECT live FROM block_count LIMIT 1'));
    if (inodeOf(this.#file) !== inode) {
      throw unavailable(`${this.#file} is no longer the file that was opened; restart the connector`);
    }
  }

  create({ signal }: Call, type: ResourceType, attributes: Attributes): Promise<Resource> {
    return this.#write(async ({ connection, queue }) => {
      const password = await this.#password(attributes['password']);
      return queue.add(() => create(connection, type, attributes, password), signal);
    });
  }

  async get(_: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    const { connection } = this.#opened();
    return translated(() => toResource(connection, findRow(connection, type.name, id), read));
  }

  async list({ signal }: Call, type: ResourceType, query: Query): Promise<Page> {
    const { connection } = this.#opened();
    try {
      const { total, seqs } = await findPage(connection, signal, type.name, query);
      // Deleted while the search went on.
      const rows = seqs.flatMap((seq) => {
        const row = connection.row<Row>(`SELECT ${COLUMNS} FROM resource WHERE seq = ?`, seq);
        return row ? [row] : [];
      });
      return { total, resources: rows.map((row) => toResource(connection, row, query)) };
    } catch (error) {
      throw asUnavailable(error) ?? error;
    }
  }

  modify(
    { signal }: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from?: Resource,
  ): Promise<Resource> {
    return this.#write(async ({ connection, queue }) => {
      const change = changes.findLast(isChangeOf('password'));
      const password = change?.op === 'unset' ? 'removed' : await this.#password(change?.op === 'set' && change.value);
      return queue.add(() => modify(connection, type, id, changes, password, from?.meta.version), signal);
    });
  }

  /** A document keeps all that it is told. */
  async wouldChange(call: Call, type: ResourceType, id: string, changes: readonly Change[]): Promise<boolean> {
    return wouldDiffer((await this.get(call, type, id)).attributes, changes);
  }

  dropped(): readonly string[] {
    return [];
  }

  delete({ signal }: Call, type: ResourceType, id: string, from?: Resource): Promise<void> {
    return this.#write(({ connection, queue }) =>
      queue.add(() => remove(connection, type, id, from?.meta.version), signal),
    );
  }

  /** Adds all of `resources` or nothing, in one transaction; other changes wait meanwhile, reads do not. */
  importResources(
    { signal }: Call,
    resources: Iterable<Imported> | AsyncIterable<Imported>,
    options: ImportOptions = {},
  ): Promise<ImportCounts> {
    const { passwords } = this.#options;
    return this.#write(({ queue }) =>
      queue.paused(() => importResources(this.#file, resources, { ...options, signal, passwords })),
    );
  }

  async #password(value: unknown): Promise<PasswordChange> {
    if (this.#options.passwords === 'discard' || typeof value !== 'string') return undefined;
    return { hash: await hashPassword(value) };
  }

  #opened(): Open {
    if (this.#open) return this.#open;
    throw unavailable('the database is not open');
  }

  /** Runs a change that `close` waits for. */
  async #write<T>(work: (open: Open) => Promise<T>): Promise<T> {
    const open = this.#opened();
    if (this.#closing) throw unavailable('the connector is stopping; try again');
    const running = work(open);
    this.#writes.add(running);
    try {
      return await running;
    } finally {
      this.#writes.delete(running);
    }
  }

  #explain<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw inFile(this.#file, error);
    }
  }
}

const inodeOf = (file: string): bigint | undefined => statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
