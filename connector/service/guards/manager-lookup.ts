import type { Call } from '../../backend/backend.ts';
import type { Draft, Patch } from '../../scim/draft.ts';
import { noSuchManager } from '../../scim/error.ts';
import { isOperationList } from '../../scim/outline.ts';
import type { Read } from '../../scim/query.ts';
import { type Attributes, isComplex } from '../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import { type BoundPath, bindPath, type ResourceType } from '../../scim/schema/resource-type.ts';
import type { Created, IfMatch, Modified, Service } from '../service.ts';
import { ForwardingService } from './forwarding-service.ts';
import { withManagersFound } from './references-in-operations.ts';

/** What a client writes in `manager.managerId` instead of an id. */
export type ManagerKey = 'userName' | 'employeeNumber';

const pathOf = (type: ResourceType, key: ManagerKey): BoundPath | undefined =>
  bindPath(type, key === 'employeeNumber' ? { urn: ENTERPRISE_SCHEMA, name: key } : { name: key });

/** Finds the manager whom a client names by login or employee number: HR knows no id of ours. */
export class ManagerLookup extends ForwardingService {
  readonly #key: ManagerKey;

  constructor(inner: Service, key: ManagerKey) {
    super(inner);
    this.#key = key;
  }

  /** @throws invalidValue when nobody, or more than one, is called so */
  override async create(call: Call, type: ResourceType, draft: Draft, answer?: Read): Promise<Created> {
    return this.inner.create(call, type, await this.#found(call, type, draft), answer);
  }

  /** @throws as `create` */
  override async replace(
    call: Call,
    type: ResourceType,
    id: string,
    draft: Draft,
    ifMatch?: IfMatch,
    answer?: Read,
  ): Promise<Modified> {
    return this.inner.replace(call, type, id, await this.#found(call, type, draft), ifMatch, answer);
  }

  /** @throws as `create` */
  override async patch(
    call: Call,
    type: ResourceType,
    id: string,
    patch: Patch,
    ifMatch?: IfMatch,
    answer?: Read,
  ): Promise<Modified> {
    const found = isOperationList(patch)
      ? await withManagersFound(patch, (key) => this.#idOf(call, type, key))
      : await this.#found(call, type, patch);
    return this.inner.patch(call, type, id, found, ifMatch, answer);
  }

  async #found<D extends Draft>(call: Call, type: ResourceType, draft: D): Promise<D> {
    const block = draft.attributes[ENTERPRISE_SCHEMA] as Attributes | undefined;
    const manager = block?.['manager'];
    const key = isComplex(manager) ? manager['managerId'] : undefined;
    if (typeof key !== 'string') return draft;
    const id = await this.#idOf(call, type, key);
    const named = { ...block, manager: { ...(manager as object), managerId: id } } as Attributes;
    return { ...draft, attributes: { ...draft.attributes, [ENTERPRISE_SCHEMA]: named } };
  }

  async #idOf(call: Call, type: ResourceType, key: string): Promise<string> {
    const path = pathOf(type, this.#key);
    if (!path) return key;
    const filter = { kind: 'compare', path, op: 'eq', value: key } as const;
    const { resources } = await this.inner.list(call, type, {
      filter,
      offset: 0,
      limit: 2,
      without: ['groups', 'members'],
    });
    const [found, another] = resources;
    if (!found || another) throw noSuchManager(this.#key, key, another !== undefined);
    return found.id;
  }
}
