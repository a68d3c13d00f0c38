import { matches } from '../../../scim/filter/matches.ts';
import type { Page, Query } from '../../../scim/query.ts';
import type { Attributes, Resource } from '../../../scim/resource.ts';
import { OKTA_GROUP_URN } from '../../../scim/schema/custom.ts';
import type { Call, Catalogue } from '../../backend.ts';
import { translated } from '../directory/ldap-errors.ts';
import { pathsIn } from '../reading/filter-paths.ts';
import { listResources } from '../reading/list-resources.ts';
import type { GroupKind } from './group-kind.ts';

const BARE = { without: ['members', 'groups'] } as const;

/** A group as an entitlement: what it is called, and what for. */
function entitlement({ id, meta, attributes }: Resource): Resource {
  const { description } = (attributes[OKTA_GROUP_URN] ?? {}) as Attributes;
  const { displayName } = attributes;
  return {
    id,
    meta,
    attributes: {
      ...(displayName === undefined ? {} : { displayName }),
      ...(description === undefined ? {} : { description }),
    },
  };
}

/** The groups of one kind, without their members. */
export class GroupCatalogue implements Catalogue {
  readonly #kind: GroupKind;

  constructor(kind: GroupKind) {
    this.#kind = kind;
  }

  find({ signal }: Call, ids: readonly string[]): Promise<ReadonlyMap<string, Resource>> {
    const { reader, branch } = this.#kind;
    return this.#run(() =>
      reader.directory.read(signal, async (session) => {
        const work = { signal, session, branch };
        const entries = await reader.finder.byIds(work, ids, BARE.without);
        const found = await reader.assembler.resources(work, entries, BARE);
        return new Map(found.map((one) => [one.id, entitlement(one)]));
      }),
    );
  }

  list(call: Call, { filter, offset, limit }: Pick<Query, 'filter' | 'offset' | 'limit'>): Promise<Page> {
    const { reader, branch } = this.#kind;
    return this.#run(async () => {
      // A group has its description elsewhere.
      const isElsewhere = filter && pathsIn(filter).some(({ attribute }) => attribute.name === 'description');
      if (filter && isElsewhere) return this.#filtered(call, filter, offset, limit);
      const query = { ...(filter ? { filter } : {}), offset, limit, ...BARE };
      const { total, resources } = await listResources(reader, call, branch, query);
      return { total, resources: resources.map(entitlement) };
    });
  }

  async #filtered(call: Call, filter: NonNullable<Query['filter']>, offset: number, limit: number): Promise<Page> {
    const { reader, branch } = this.#kind;
    const all = { offset: 0, limit: Number.MAX_SAFE_INTEGER, ...BARE };
    const { resources } = await listResources(reader, call, branch, all);
    const accepted = resources.map(entitlement).filter(matches(filter));
    return { total: accepted.length, resources: accepted.slice(offset, offset + limit) };
  }

  #run<T>(work: () => Promise<T>): Promise<T> {
    return translated({ operation: 'read', type: this.#kind.branch.type.name }, work);
  }
}
