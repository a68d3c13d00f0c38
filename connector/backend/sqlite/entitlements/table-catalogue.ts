import { formatDateTime } from '../../../scim/date-time.ts';
import type { Filter } from '../../../scim/filter/ast.ts';
import { matches } from '../../../scim/filter/matches.ts';
import type { Page, Query } from '../../../scim/query.ts';
import type { Resource } from '../../../scim/resource.ts';
import type { EntitlementType } from '../../../scim/schema/entitlement.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import { fold } from '../../../scim/text.ts';
import type { Catalogue } from '../../backend.ts';
import type { Connection } from '../connection/connection.ts';
import { asUnavailable, unavailable } from '../connection/sqlite-errors.ts';
import { type Caller, Turn } from '../connection/turn.ts';

type Row = readonly [id: string, name: string, description: string | null, created: number, modified: number];

const COLUMNS = 'e.id, e.name, e.description, e.created, e.modified';
const OF_TYPE = 'FROM entitlement AS e WHERE e.type = ?';

const toResource = ([id, name, description, created, modified]: Row): Resource => ({
  id,
  meta: { created: formatDateTime(created), lastModified: formatDateTime(modified) },
  attributes: { displayName: name, ...(description === null ? {} : { description }) },
});

/** Rows that can only pass a filter that asks for one id or one name; others are looked through. */
function narrowed(filter: Filter<BoundPath>): { readonly text: string; readonly value: string } | undefined {
  if (filter.kind !== 'compare' || filter.op !== 'eq' || typeof filter.value !== 'string' || filter.path.sub)
    return undefined;
  const { name, caseExact } = filter.path.attribute;
  if (name === 'id' && caseExact) return { text: ' AND e.id = ?', value: filter.value };
  return name === 'displayName' ? { text: ' AND e.key = ?', value: fold(filter.value) } : undefined;
}

/** The entitlements of one type in the database, in the order in which they were made. */
export class TableCatalogue implements Catalogue {
  readonly #type: EntitlementType;
  readonly #connection: () => Connection;

  /** @param connection  of the store that is open. @throws unavailable */
  constructor(type: EntitlementType, connection: () => Connection) {
    this.#type = type;
    this.#connection = connection;
  }

  /** One statement. */
  async find(_: Caller, ids: readonly string[]): Promise<ReadonlyMap<string, Resource>> {
    const text = `SELECT ${COLUMNS} FROM json_each(?) AS p CROSS JOIN entitlement AS e ON e.type = ? AND e.id = p.value`;
    return this.#read((connection) => {
      const rows = connection.rows<Row>(text, JSON.stringify(ids), this.#type.name);
      return new Map(rows.map((row) => [row[0], toResource(row)]));
    });
  }

  async list(caller: Caller, { filter, offset, limit }: Pick<Query, 'filter' | 'offset' | 'limit'>): Promise<Page> {
    if (filter) return this.#filtered(caller, filter, offset, limit);
    return this.#read((connection) => {
      const [total] = connection.row<readonly [number]>(`SELECT count(*) ${OF_TYPE}`, this.#type.name) ?? [0];
      const rows = connection.rows<Row>(
        `SELECT ${COLUMNS} ${OF_TYPE} ORDER BY e.seq LIMIT ? OFFSET ?`,
        this.#type.name,
        limit,
        offset,
      );
      return { total, resources: rows.map(toResource) };
    });
  }

  async #filtered(caller: Caller, filter: Filter<BoundPath>, offset: number, limit: number): Promise<Page> {
    const accepts = matches(filter);
    const only = narrowed(filter);
    const rows = this.#read((connection) =>
      connection.rows<Row>(
        `SELECT ${COLUMNS} ${OF_TYPE}${only?.text ?? ''} ORDER BY e.seq`,
        this.#type.name,
        ...(only ? [only.value] : []),
      ),
    );
    const turn = new Turn(caller);
    const accepted: Resource[] = [];
    for (const row of rows) {
      const resource = toResource(row);
      if (accepts(resource)) accepted.push(resource);
      if (turn.isOver) await turn.pass();
    }
    return { total: accepted.length, resources: accepted.slice(offset, offset + limit) };
  }

  #read<T>(work: (connection: Connection) => T): T {
    try {
      return work(this.#connection());
    } catch (error) {
      throw asUnavailable(error) ?? tooOld(error) ?? error;
    }
  }
}

/** Met by those who read beside a connector of an earlier version. */
const tooOld = (error: unknown): Error | undefined =>
  error instanceof Error && error.message === 'no such table: entitlement'
    ? unavailable('database-missing', 'the database is of an earlier version; start the connector once', {
        cause: error,
      })
    : undefined;
