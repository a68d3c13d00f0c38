import type { Call } from '../backend/backend.ts';
import type { BulkOperation, Deferred, KnownIds } from '../protocol/bulk.ts';
import type { Draft, PartialResource, Patch } from '../scim/draft.ts';
import { ScimError } from '../scim/error.ts';
import type { Read } from '../scim/query.ts';
import type { Resource } from '../scim/resource.ts';
import type { State } from './context.ts';
import { refuseMisplaced } from './request/refuse-misplaced.ts';

/** An operation is answered with an id and a version. */
export const ANSWER: Read = { without: ['groups', 'members'] };

/** An operation all of whose references are known, or can wait. */
export interface Prepared {
  readonly index: number;
  readonly operation: BulkOperation;
  /** Of the resource in its path; empty for POST. */
  readonly id: string;
  readonly deferred?: Deferred;
  /** What the body of a POST or PUT asks for. @throws why it cannot be read */
  readonly draft: () => Draft;
  /** What the body of a PATCH asks for. @throws why it cannot be read */
  readonly patch: () => Patch;
}

const NOTHING: PartialResource = { attributes: {}, cleared: [], ignored: [], removals: [], deletions: [] };

/** Reads at once and remembers, also why it could not be read: that belongs to the operation when it runs. */
function remembered<T>(read: () => T): () => T {
  try {
    const value = read();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

export function prepare(index: number, operation: BulkOperation, ids: KnownIds, state: State): Prepared {
  const { mount } = state;
  const { method, type } = operation;
  const { body, deferred } = operation.body(ids);
  const isWhole = method === 'POST' || method === 'PUT';
  const draft = remembered(() => {
    if (!isWhole) return NOTHING;
    refuseMisplaced(state, body, true);
    return mount.protocol.decodeResource(type, body, mount);
  });
  const patch = remembered(() => {
    if (method !== 'PATCH') return NOTHING;
    refuseMisplaced(state, body, true);
    if (!mount.offer.patch)
      throw new ScimError('notImplemented', 'PATCH is switched off; use PUT', { fault: 'feature-off' });
    return mount.protocol.decodePatch(type, body, mount);
  });
  return { index, operation, id: operation.id(ids) ?? '', draft, patch, ...(deferred ? { deferred } : {}) };
}

/** A call of its own for each operation: several may run at once, and each is told of by itself. */
export const partOf = (whole: Call): Call => ({
  requestId: whole.requestId,
  actor: whole.actor,
  get signal() {
    return whole.signal;
  },
  whole,
  ...(whole.client ? { client: whole.client } : {}),
});

/** @throws as in Service */
export async function carryOut({ operation, id, draft, patch }: Prepared, state: State): Promise<Resource | undefined> {
  const { service, offer } = state.mount;
  const { method, type, version } = operation;
  const ifMatch = offer.etag ? version : undefined;
  const call = partOf(state.call);
  switch (method) {
    case 'POST':
      return service.create(call, type, draft, ANSWER);
    case 'PUT':
      return (await service.replace(call, type, id, () => ({ draft: draft(), ifMatch }), ANSWER)).resource;
    case 'PATCH':
      return (await service.patch(call, type, id, () => ({ draft: patch(), ifMatch }), ANSWER)).resource;
    case 'DELETE':
      await service.delete(call, type, id, () => ifMatch);
      return undefined;
  }
}
