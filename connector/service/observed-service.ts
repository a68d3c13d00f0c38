import type { Call } from '../backend/backend.ts';
import { type Change, type Element, isChangeOf } from '../scim/change.ts';
import type { Draft, Patch } from '../scim/draft.ts';
import type { Filter } from '../scim/filter/ast.ts';
import { outline } from '../scim/outline.ts';
import type { Page, Query, Read } from '../scim/query.ts';
import { type Attributes, isComplex, type Resource } from '../scim/resource.ts';
import type { BoundPath, ResourceType } from '../scim/schema/resource-type.ts';
import { namespaceHint, oktaAppOf } from './namespace-hint.ts';
import type { OperationDetails, PageDetails } from './observer.ts';
import { type ListKind, MESSAGES } from './okta-message.ts';
import type { Findings, OperationRecorder } from './operation-recorder.ts';
import type { IfMatch, Modified, Service } from './service.ts';

/** What the request asks for, read when the operation begins: what cannot be read is a refusal of the operation. */
export type Reading<T> = () => T | Promise<T>;

/** A change as it was read from a request. */
export interface ChangeRequest<T extends Draft | Patch> {
  readonly draft: T;
  readonly ifMatch?: IfMatch | undefined;
}

const isOfMembers = isChangeOf('members');

/** Does what `Service` does, from the reading of the request on, and has each operation told once. */
export class ObservedService {
  readonly #service: Service;
  readonly #recorder: OperationRecorder;

  constructor(service: Service, recorder: OperationRecorder) {
    this.#service = service;
    this.#recorder = recorder;
  }

  /** @throws unavailable */
  ping(): Promise<void> {
    return this.#service.ping();
  }

  /** @throws whatever `read` throws, and as in Service */
  create(call: Call, type: ResourceType, read: Reading<Draft>, answer?: Read): Promise<Resource> {
    const begun: Findings = { message: MESSAGES[type.name].create({}), details: { type: type.name } };
    return this.#recorder.record(call, 'create', begun, async (findings) => {
      const draft = await read();
      findings.message = MESSAGES[type.name].create(draft.attributes);
      findings.details = { ...findings.details, ...this.#asked(type, draft) };
      const { resource, leftOut, linked } = await this.#service.create(call, type, draft, answer);
      findings.details = {
        ...findings.details,
        id: resource.id,
        after: resource.attributes,
        ...told(leftOut),
        ...(linked ? { linked } : membersOf(draft, leftOut)),
      };
      return resource;
    });
  }

  /** @throws as in Service */
  get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    const begun: Findings = { message: MESSAGES[type.name].read.one, details: { type: type.name, id } };
    return this.#recorder.record(call, 'get', begun, async (findings) => {
      const resource = await this.#service.get(call, type, id, read);
      findings.details = { ...findings.details, ...nameIn(type, resource.attributes) };
      return resource;
    });
  }

  /** @throws whatever `read` throws, and as in Service */
  list(call: Call, type: ResourceType, read: Reading<Query>): Promise<Page> {
    const begun: Findings = { message: 'request', details: { type: type.name } };
    return this.#recorder.record(call, 'list', begun, async (findings) => {
      const query = await read();
      const kind = kindOf(query.filter);
      findings.message = MESSAGES[type.name].read[kind];
      if (kind !== 'filtered') findings.details = { ...findings.details, page: pageOf(query) };
      const page = await this.#service.list(call, type, query);
      const { page: asked } = findings.details;
      findings.details = {
        ...findings.details,
        ...(asked ? { page: { ...asked, ...endOf(query, page) } } : {}),
        total: page.total,
      };
      return page;
    });
  }

  /** PUT. @throws whatever `read` throws, and as in Service */
  replace(
    call: Call,
    type: ResourceType,
    id: string,
    read: Reading<ChangeRequest<Draft>>,
    answer?: Read,
  ): Promise<Modified> {
    return this.#change(call, 'replace', type, id, read, ({ draft, ifMatch }) =>
      this.#service.replace(call, type, id, draft, ifMatch, answer),
    );
  }

  /** PATCH. @throws whatever `read` throws, and as in Service */
  patch(
    call: Call,
    type: ResourceType,
    id: string,
    read: Reading<ChangeRequest<Patch>>,
    answer?: Read,
  ): Promise<Modified> {
    return this.#change(call, 'patch', type, id, read, ({ draft, ifMatch }) =>
      this.#service.patch(call, type, id, draft, ifMatch, answer),
    );
  }

  /** @throws whatever `read` throws, and as in Service */
  delete(call: Call, type: ResourceType, id: string, read: Reading<IfMatch | undefined>): Promise<void> {
    const begun: Findings = { message: MESSAGES[type.name].delete, details: { type: type.name, id } };
    return this.#recorder.record(call, 'delete', begun, async () => this.#service.delete(call, type, id, await read()));
  }

  #change<T extends Draft | Patch>(
    call: Call,
    operation: 'replace' | 'patch',
    type: ResourceType,
    id: string,
    read: Reading<ChangeRequest<T>>,
    work: (request: ChangeRequest<T>) => Promise<Modified>,
  ): Promise<Modified> {
    const begun: Findings = { message: MESSAGES[type.name].change({}, []), details: { type: type.name, id } };
    return this.#recorder.record(call, operation, begun, async (findings) => {
      const request = await read();
      findings.details = { ...findings.details, ...this.#asked(type, request.draft) };
      const modified = await work(request);
      const { resource, before, changes, leftOut } = modified;
      findings.message = MESSAGES[type.name].change(before, changes);
      findings.details = {
        ...findings.details,
        ...nameIn(type, resource.attributes),
        changed: changes.map(({ path }) => path),
        ...moved(changes),
        before,
        after: resource.attributes,
        ...told(leftOut),
      };
      return modified;
    });
  }

  #asked(type: ResourceType, request: Draft | Patch): OperationDetails {
    const draft = outline(request);
    const { attributes, ignored } = draft;
    const hint = namespaceHint(type, draft);
    const oktaApp = oktaAppOf(type, draft);
    return {
      ...nameIn(type, attributes),
      ignored: [...ignored, ...this.#service.dropped(type, attributes)],
      ...(hint === undefined ? {} : { hint }),
      ...(oktaApp === undefined ? {} : { oktaApp }),
    };
  }
}

/** Who is in a new group. */
function membersOf({ attributes }: Draft, leftOut: readonly string[] = []): Pick<OperationDetails, 'joined'> {
  const members = attributes['members'];
  const ids = (Array.isArray(members) ? members : []).flatMap((member) =>
    isComplex(member) && typeof member['value'] === 'string' ? [member['value']] : [],
  );
  const joined = ids.filter((id) => !leftOut.includes(id));
  return joined.length > 0 ? { joined } : {};
}

/** Who joined and left a group. */
function moved(changes: readonly Change[]): OperationDetails {
  const of = (op: 'add' | 'remove'): readonly string[] =>
    changes.filter(isOfMembers).flatMap((change) => (change.op === op ? idsOf(change.values) : []));
  const [joined, left] = [of('add'), of('remove')];
  return { ...(joined.length > 0 ? { joined } : {}), ...(left.length > 0 ? { left } : {}) };
}

const idsOf = (elements: readonly Element[]): readonly string[] =>
  elements.map((element) => String(isComplex(element) ? element['value'] : element));

const told = (leftOut: readonly string[] | undefined): OperationDetails => (leftOut ? { leftOut } : {});

function nameIn(type: ResourceType, attributes: Attributes): { readonly name?: string } {
  const name = attributes[type.naturalKey];
  return typeof name === 'string' ? { name } : {};
}

const endOf = ({ cursor }: Query, { resources, next }: Page): Partial<PageDetails> => ({
  returned: resources.length,
  ...(cursor && next === undefined ? { isLast: true } : {}),
});

function pageOf({ filter, offset, limit }: Query): PageDetails {
  const since = filter?.kind === 'compare' ? { since: String(filter.value) } : {};
  return { offset, limit, ...since };
}

function kindOf(filter: Filter<BoundPath> | undefined): ListKind {
  if (!filter) return 'list';
  return filter.kind === 'compare' && filter.path.attribute.name === 'meta' ? 'changed' : 'filtered';
}
