import type { Call } from '../../backend/backend.ts';
import type { Draft, Patch } from '../../scim/draft.ts';
import { UnknownReferences } from '../../scim/error.ts';
import { isOperationList } from '../../scim/outline.ts';
import type { Read } from '../../scim/query.ts';
import { type Attributes, type Complex, isComplex } from '../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Created, IfMatch, Modified, Service } from '../service.ts';
import { ForwardingService } from './forwarding-service.ts';
import { withoutManagerIn, withoutMembersIn } from './references-in-operations.ts';

/** What is done about references that lead nowhere. */
export interface ReferencePolicy {
  readonly unknownMembers: 'leave_out' | 'refuse';
  readonly unknownManager: 'keep' | 'leave_out' | 'refuse';
}

/** Members and the manager: no more rounds are needed to find all that is unknown. */
const ROUNDS = 3;

/**
 * Leaves members and managers out that lead nowhere, and does the rest: the agent sends a group as a whole and does not
 * repeat what was refused, so that one member unknown here would cost all the others. What was left out is told.
 */
export class LenientReferences extends ForwardingService {
  readonly #policy: ReferencePolicy;

  constructor(inner: Service, policy: ReferencePolicy) {
    super(inner);
    this.#policy = policy;
  }

  override create(call: Call, type: ResourceType, draft: Draft, answer?: Read): Promise<Created> {
    return this.#leniently(draft, (known) => this.inner.create(call, type, known, answer));
  }

  override replace(
    call: Call,
    type: ResourceType,
    id: string,
    draft: Draft,
    ifMatch?: IfMatch,
    answer?: Read,
  ): Promise<Modified> {
    return this.#leniently(draft, (known) => this.inner.replace(call, type, id, known, ifMatch, answer));
  }

  override patch(
    call: Call,
    type: ResourceType,
    id: string,
    patch: Patch,
    ifMatch?: IfMatch,
    answer?: Read,
  ): Promise<Modified> {
    return this.#leniently(patch, (known) => this.inner.patch(call, type, id, known, ifMatch, answer));
  }

  async #leniently<D extends Draft | Patch, R extends { readonly leftOut?: readonly string[] }>(
    draft: D,
    work: (known: D) => Promise<R>,
  ): Promise<R> {
    let known = draft;
    const leftOut: string[] = [];
    for (let round = 1; ; round += 1) {
      try {
        const result = await work(known);
        return leftOut.length === 0 ? result : { ...result, leftOut };
      } catch (error) {
        const less = error instanceof UnknownReferences && round < ROUNDS ? this.#without(known, error) : undefined;
        if (!less) throw error;
        known = less;
        leftOut.push(...(error as UnknownReferences).ids);
      }
    }
  }

  /** The draft without what is unknown; `undefined` where that is to be refused, or nothing would be left of a list. */
  #without<D extends Draft | Patch>(asked: D, { attribute, ids }: UnknownReferences): D | undefined {
    const { unknownMembers, unknownManager } = this.#policy;
    if ((attribute === 'members' ? unknownMembers : unknownManager) === 'refuse') return undefined;
    return attribute === 'members' ? withoutMembers(asked, new Set(ids)) : withoutManager(asked);
  }
}

function withoutMembers<D extends Draft | Patch>(draft: D, ids: ReadonlySet<string>): D | undefined {
  if (isOperationList(draft)) return withoutMembersIn(draft, ids) as D | undefined;
  const { members } = draft.attributes;
  if (!Array.isArray(members)) return undefined;
  const known = (members as readonly Complex[]).filter(({ value }) => !ids.has(String(value)));
  if (known.length === 0 || known.length === members.length) return undefined;
  return { ...draft, attributes: { ...draft.attributes, members: known } };
}

function withoutManager<D extends Draft | Patch>(draft: D): D | undefined {
  if (isOperationList(draft)) return withoutManagerIn(draft) as D;
  const block = draft.attributes[ENTERPRISE_SCHEMA];
  if (!isComplex(block) || !('manager' in block)) return undefined;
  const { manager: _, ...rest } = block as Attributes;
  const { [ENTERPRISE_SCHEMA]: __, ...others } = draft.attributes;
  const attributes = Object.keys(rest).length > 0 ? { ...others, [ENTERPRISE_SCHEMA]: rest } : others;
  return { ...draft, attributes };
}
