import type { Page, Query, Read } from '../../scim/query.ts';
import type { Attributes, Resource } from '../../scim/resource.ts';
import type { EntitlementType } from '../../scim/schema/entitlement.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Backend, Call, Catalogue } from '../backend.ts';
import { READING_ALONE, refused } from '../sql/reading-alone.ts';
import type { Connection } from './connection/connection.ts';
import { asUnavailable, unavailable } from './connection/sqlite-errors.ts';
import { TableCatalogue } from './entitlements/table-catalogue.ts';
import { openReadOnly } from './file/open-read-only.ts';
import { listResources } from './list-resources.ts';
import { readResource } from './read-resource.ts';

/** Waits for somebody else's lock, which a reader meets only while a file is recovered. Unit: ms. */
const PATIENCE = 5000;

/** The people in a SQLite file, read beside the connector that has it open: no lock is taken and nothing is written. */
export class SqliteReader implements Backend {
  readonly capabilities = READING_ALONE;
  readonly create = refused;
  readonly modify = refused;
  readonly delete = refused;
  readonly wouldChange = refused;
  readonly #file: string;
  #connection: Connection | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  async open(): Promise<void> {
    this.#connection = openReadOnly(this.#file, { timeout: PATIENCE });
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.close();
  }

  async ping(): Promise<void> {
    this.#opened();
  }

  get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    return this.#read((connection) => readResource(connection, call, type.name, id, read));
  }

  list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    return this.#read((connection) => listResources(connection, call, type.name, query));
  }

  catalogue(type: EntitlementType): Catalogue {
    return new TableCatalogue(type, () => this.#opened());
  }

  asKept(_: ResourceType, attributes: Attributes): Attributes {
    return attributes;
  }

  dropped(): readonly string[] {
    return [];
  }

  async #read<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    try {
      return await work(this.#opened());
    } catch (error) {
      throw asUnavailable(error) ?? error;
    }
  }

  #opened(): Connection {
    if (this.#connection) return this.#connection;
    throw unavailable('database-missing', 'the database is not open');
  }
}
