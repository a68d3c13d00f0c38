import type { Catalogue } from '../backend/backend.ts';
import { matches } from '../scim/filter/matches.ts';
import type { Page, Query } from '../scim/query.ts';
import type { Resource } from '../scim/resource.ts';

/** When what nobody has dated came about: ids, not times, tell fixed entitlements apart. */
const UNDATED = '1970-01-01T00:00:00.000Z';

/** What people call something, and perhaps more about it. */
export type Listed = string | { readonly name: string; readonly description?: string };

function resourceOf(id: string, listed: Listed): Resource {
  const { name, description } = typeof listed === 'string' ? { name: listed, description: undefined } : listed;
  return {
    id,
    meta: { created: UNDATED, lastModified: UNDATED },
    attributes: { displayName: name, ...(description === undefined ? {} : { description }) },
  };
}

/** Entitlements that stand in the configuration, in its order. */
export class FixedCatalogue implements Catalogue {
  readonly #byId: ReadonlyMap<string, Resource>;

  /** @param list  by id */
  constructor(list: Readonly<Record<string, Listed>>) {
    this.#byId = new Map(Object.entries(list).map(([id, listed]) => [id, resourceOf(id, listed)]));
  }

  async find(_: unknown, ids: readonly string[]): Promise<ReadonlyMap<string, Resource>> {
    const found = ids.flatMap((id) => this.#byId.get(id) ?? []);
    return new Map(found.map((resource) => [resource.id, resource]));
  }

  async list(_: unknown, { filter, offset, limit }: Pick<Query, 'filter' | 'offset' | 'limit'>): Promise<Page> {
    const all = [...this.#byId.values()];
    const accepted = filter ? all.filter(matches(filter)) : all;
    return { total: accepted.length, resources: accepted.slice(offset, offset + limit) };
  }
}
