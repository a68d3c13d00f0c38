import { Database } from '../../postgres/database.ts';
import { sqlState, unavailable } from '../../postgres/postgres-errors.ts';
import type { Page, Query, Read } from '../../scim/query.ts';
import type { Attributes, Resource } from '../../scim/resource.ts';
import type { EntitlementType } from '../../scim/schema/entitlement.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Backend, Call, Catalogue } from '../backend.ts';
import type { Surroundings } from '../module/backend-module.ts';
import { READING_ALONE, refused } from '../sql/reading-alone.ts';
import { TableCatalogue } from './entitlements/table-catalogue.ts';
import { listResources } from './list-resources.ts';
import { readResource } from './read-resource.ts';
import type { Reader } from './row/statement.ts';
import type { PeopleSettings } from './settings.ts';

/** Unit: ms. */
const DEADLINE = 30_000;

/** The people in a schema, read beside the connectors that serve from it: nothing is written, and no table is made or changed. */
export class PostgresReader implements Backend {
  readonly capabilities = READING_ALONE;
  readonly create = refused;
  readonly modify = refused;
  readonly delete = refused;
  readonly wouldChange = refused;
  readonly #settings: PeopleSettings;
  readonly #deadline: number;
  #database: Database | undefined;

  constructor(settings: PeopleSettings, { deadline = DEADLINE }: Surroundings = {}) {
    this.#settings = settings;
    this.#deadline = deadline;
  }

  async open(): Promise<void> {
    const { schema } = this.#settings;
    const database = new Database(this.#settings, { schema, deadline: this.#deadline });
    try {
      await database.open();
      await database.rows({ signal: AbortSignal.timeout(this.#deadline) }, 'SELECT 1 FROM scim.resource LIMIT 1');
    } catch (error) {
      await database.close();
      // Undefined table, or schema.
      if (!['42P01', '3F000'].includes(sqlState(error) ?? '')) throw error;
      const text = `the schema ${schema} holds no people yet; start the connector once`;
      throw unavailable('database-missing', text, { cause: error });
    }
    this.#database = database;
  }

  async close(): Promise<void> {
    const database = this.#database;
    this.#database = undefined;
    await database?.close();
  }

  async ping(): Promise<void> {
    await this.#opened().ping();
  }

  async get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    return readResource(this.#readerFor(call), type.name, id, read);
  }

  async list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    return listResources(this.#readerFor(call), type.name, query);
  }

  catalogue(type: EntitlementType): Catalogue {
    return new TableCatalogue(type, (call) => this.#readerFor(call));
  }

  asKept(_: ResourceType, attributes: Attributes): Attributes {
    return attributes;
  }

  dropped(): readonly string[] {
    return [];
  }

  #readerFor(call: Call): Reader {
    const database = this.#opened();
    return { rows: (text, ...params) => database.rows(call, text, ...params) };
  }

  #opened(): Database {
    if (this.#database) return this.#database;
    throw unavailable('database-missing', 'the database is not open');
  }
}
