import { ScimError } from '../../../scim/error.ts';
import { matches } from '../../../scim/filter/matches.ts';
import type { Page, Query } from '../../../scim/query.ts';
import type { Resource } from '../../../scim/resource.ts';
import { compareText } from '../../../scim/text.ts';
import type { Call, Catalogue } from '../../backend.ts';
import { present } from '../directory/filter.ts';
import { translated } from '../directory/ldap-errors.ts';
import type { Entry } from '../directory/session.ts';
import { unlessGivenUp } from '../directory/unless-given-up.ts';
import { readAll } from '../layout/branch-search.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import type { Reader } from '../reading/reader.ts';

/** How long what was read is believed: an import asks for page after page. Unit: ms. */
const BELIEVED = 60_000;
/** More are not what somebody chooses from. */
const MOST = 50_000;

const UNDATED = '1970-01-01T00:00:00.000Z';

const entitlement = (value: string): Resource => ({
  id: value,
  meta: { created: UNDATED, lastModified: UNDATED },
  attributes: { displayName: value },
});

/** All values that an attribute has among people, in their order: one reading of it for everybody who asks for a while. */
export class ValueCatalogue implements Catalogue {
  readonly #reader: () => Reader;
  readonly #attribute: string;
  readonly #typeName: string;
  #last: { readonly read: Promise<ReadonlyMap<string, Resource>>; readonly until: number } | undefined;

  /** @param reader  of the directory that is open */
  constructor(reader: () => Reader, attribute: string, typeName: string) {
    this.#reader = reader;
    this.#attribute = attribute;
    this.#typeName = typeName;
  }

  async find({ signal }: Call, ids: readonly string[]): Promise<ReadonlyMap<string, Resource>> {
    const all = await this.#all(signal);
    const found = ids.flatMap((id) => all.get(id) ?? []);
    return new Map(found.map((one) => [one.id, one]));
  }

  async list({ signal }: Call, { filter, offset, limit }: Pick<Query, 'filter' | 'offset' | 'limit'>): Promise<Page> {
    const all = [...(await this.#all(signal)).values()];
    const accepted = filter ? all.filter(matches(filter)) : all;
    return { total: accepted.length, resources: accepted.slice(offset, offset + limit) };
  }

  #all(signal: AbortSignal): Promise<ReadonlyMap<string, Resource>> {
    const known = this.#last;
    if (known && known.until > performance.now()) return unlessGivenUp(signal, known.read);
    const read = translated({ operation: 'read', type: 'User' }, () => this.#read());
    const last = { read, until: performance.now() + BELIEVED };
    this.#last = last;
    read.catch(() => {
      if (this.#last === last) this.#last = undefined;
    });
    return unlessGivenUp(signal, read);
  }

  async #read(): Promise<ReadonlyMap<string, Resource>> {
    const { directory, tree } = this.#reader();
    const key = keyOf(this.#attribute);
    let values = new Set<string>();
    const take = (entries: readonly Entry[]): boolean => {
      for (const { attributes } of entries) for (const value of attributes.get(key) ?? []) values.add(value.toString());
      return values.size <= MOST;
    };
    const scan = { test: present(this.#attribute), attributes: [this.#attribute] };
    // Nobody's signal: others wait for it too.
    await readAll(directory, new AbortController().signal, tree.users, scan, () => {
      values = new Set();
      return take;
    });
    if (values.size > MOST)
      throw new ScimError(
        'unavailable',
        `entitlements.${this.#typeName}: ${this.#attribute} is over the size limit of ${MOST} values; give the type a list`,
        { fault: 'directory-size-limit' },
      );
    return new Map([...values].sort(compareText).map((value) => [value, entitlement(value)]));
  }
}
