import type { Filter } from '../../../scim/filter/ast.ts';
import { matches } from '../../../scim/filter/matches.ts';
import type { Page, Query } from '../../../scim/query.ts';
import type { Resource } from '../../../scim/resource.ts';
import type { EntitlementType } from '../../../scim/schema/entitlement.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import type { Catalogue } from '../../backend.ts';
import { ENTITLEMENT_COLUMNS, type EntitlementRow, narrowed, toEntitlement } from '../../sql/entitlement-row.ts';
import type { Connection } from '../connection/connection.ts';
import { asUnavailable, unavailable } from '../connection/sqlite-errors.ts';
import { type Caller, Turn } from '../connection/turn.ts';

const OF_TYPE = 'FROM entitlement AS e WHERE e.type = ?';

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
    const text = `SELECT ${ENTITLEMENT_COLUMNS} FROM json_each(?) AS p CROSS JOIN entitlement AS e ON e.type = ? AND e.id = p.value`;
    return this.#read((connection) => {
      const rows = connection.rows<EntitlementRow>(text, JSON.stringify(ids), this.#type.name);
      return new Map(rows.map((row) => [row[0], toEntitlement(row)]));
    });
  }

  async list(caller: Caller, { filter, offset, limit }: Pick<Query, 'filter' | 'offset' | 'limit'>): Promise<Page> {
    if (filter) return this.#filtered(caller, filter, offset, limit);
    return this.#read((connection) => {
      const [total] = connection.row<readonly [number]>(`SELECT count(*) ${OF_TYPE}`, this.#type.name) ?? [0];
      const rows = connection.rows<EntitlementRow>(
        `SELECT ${ENTITLEMENT_COLUMNS} ${OF_TYPE} ORDER BY e.seq LIMIT ? OFFSET ?`,
        this.#type.name,
        limit,
        offset,
      );
      return { total, resources: rows.map(toEntitlement) };
    });
  }

  async #filtered(caller: Caller, filter: Filter<BoundPath>, offset: number, limit: number): Promise<Page> {
    const accepts = matches(filter);
    const only = narrowed(filter);
    const rows = this.#read((connection) =>
      connection.rows<EntitlementRow>(
        `SELECT ${ENTITLEMENT_COLUMNS} ${OF_TYPE}${only ? ` AND e.${only.column} = ?` : ''} ORDER BY e.seq`,
        this.#type.name,
        ...(only ? [only.value] : []),
      ),
    );
    const turn = new Turn(caller);
    const accepted: Resource[] = [];
    for (const row of rows) {
      const resource = toEntitlement(row);
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
