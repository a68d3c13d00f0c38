import type { Filter } from '../../../scim/filter/ast.ts';
import { matches } from '../../../scim/filter/matches.ts';
import type { Page, Query } from '../../../scim/query.ts';
import type { Resource } from '../../../scim/resource.ts';
import type { EntitlementType } from '../../../scim/schema/entitlement.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import type { Call, Catalogue } from '../../backend.ts';
import { ENTITLEMENT_COLUMNS, type EntitlementRow, narrowed, toEntitlement } from '../../sql/entitlement-row.ts';
import type { Reader } from '../row/statement.ts';
import { isText } from '../writing/storable.ts';

const OF_TYPE = 'FROM scim.entitlement AS e WHERE e.type = $1';

/** One statement, and one snapshot: the page, and on each row how many there are. */
const PAGE = `
SELECT ${ENTITLEMENT_COLUMNS}, (SELECT count(*) ${OF_TYPE}) ${OF_TYPE} ORDER BY e.seq LIMIT $2 OFFSET $3`;
const COUNT = `SELECT count(*) ${OF_TYPE}`;

const FIND = `
SELECT ${ENTITLEMENT_COLUMNS} FROM json_array_elements_text($2::json) AS g (id)
JOIN scim.entitlement AS e ON e.type = $1 AND e.id = g.id`;

/** The entitlements of one type in the database, in the order in which they were made. */
export class TableCatalogue implements Catalogue {
  readonly #type: EntitlementType;
  readonly #readerFor: (call: Call) => Reader;

  constructor(type: EntitlementType, readerFor: (call: Call) => Reader) {
    this.#type = type;
    this.#readerFor = readerFor;
  }

  /** One statement. */
  async find(call: Call, ids: readonly string[]): Promise<ReadonlyMap<string, Resource>> {
    const rows = await this.#rows(call, FIND, JSON.stringify(ids.filter(isText)));
    return new Map(rows.map((row) => [row[0], toEntitlement(row)]));
  }

  async list(call: Call, { filter, offset, limit }: Pick<Query, 'filter' | 'offset' | 'limit'>): Promise<Page> {
    if (filter) return this.#filtered(call, filter, offset, limit);
    const reader = this.#readerFor(call);
    const rows = await reader.rows<readonly [...EntitlementRow, number]>(PAGE, this.#type.name, limit, offset);
    const [first] = rows;
    const total = first ? first[5] : ((await reader.rows<readonly [number]>(COUNT, this.#type.name))[0]?.[0] ?? 0);
    return { total, resources: rows.map(([a, b, c, d, e]) => toEntitlement([a, b, c, d, e])) };
  }

  async #filtered(call: Call, filter: Filter<BoundPath>, offset: number, limit: number): Promise<Page> {
    const accepts = matches(filter);
    const only = narrowed(filter);
    if (only && !isText(only.value)) return { total: 0, resources: [] };
    const where = only ? ` AND e.${only.column} = $2` : '';
    const text = `SELECT ${ENTITLEMENT_COLUMNS} ${OF_TYPE}${where} ORDER BY e.seq`;
    const rows = await this.#rows(call, text, ...(only ? [only.value] : []));
    const accepted = rows.map(toEntitlement).filter(accepts);
    return { total: accepted.length, resources: accepted.slice(offset, offset + limit) };
  }

  async #rows(call: Call, text: string, ...params: readonly string[]): Promise<readonly EntitlementRow[]> {
    return this.#readerFor(call).rows<EntitlementRow>(text, this.#type.name, ...params);
  }
}
