import type { Call } from '../backend/backend.ts';
import type { BulkOperation, Deferred, KnownIds } from '../protocol/bulk.ts';
import type { Draft, Patch } from '../scim/draft.ts';
import { ScimError } from '../scim/error.ts';
import type { Read } from '../scim/query.ts';
import type { Resource } from '../scim/resource.ts';
import type { State } from './context.ts';

/** An operation is answered with an id and a version. */
export const ANSWER: Read = { without: ['groups', 'members'] };

/** An operation all of whose references are known, or can wait. */
export interface Prepared {
  readonly index: number;
  readonly operation: BulkOperation;
  /** Of the resource in its path; empty for POST. */
  readonly id: string;
  readonly deferred?: Deferred;
  /** What its body asks for. @throws why it cannot be read */
  readonly read: () => Patch;
}

const NOTHING: Patch = { attributes: {}, cleared: [], ignored: [], removals: [], deletions: [] };

const wholeResource = (draft: Draft): Patch => ({ ...draft, removals: [], deletions: [] });

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

export function prepare(index: number, operation: BulkOperation, ids: KnownIds, { mount }: State): Prepared {
  const { method, type } = operation;
  const { body, deferred } = operation.body(ids);
  const read = remembered(() => {
    if (method === 'DELETE') return NOTHING;
    if (method !== 'PATCH') return wholeResource(mount.protocol.decodeResource(type, body, mount));
    if (!mount.offer.patch)
      throw new ScimError('notImplemented', 'PATCH is switched off; use PUT', { fault: 'feature-off' });
    return mount.protocol.decodePatch(type, body, mount);
  });
  return { index, operation, id: operation.id(ids) ?? '', read, ...(deferred ? { deferred } : {}) };
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
export async function carryOut({ operation, id, read }: Prepared, state: State): Promise<Resource | undefined> {
  const { service, offer } = state.mount;
  const { method, type, version } = operation;
  const ifMatch = offer.etag ? version : undefined;
  const call = partOf(state.call);
  switch (method) {
    case 'POST':
      return service.create(call, type, read, ANSWER);
    case 'PUT':
      return (await service.replace(call, type, id, () => ({ draft: read(), ifMatch }), ANSWER)).resource;
    case 'PATCH':
      return (await service.patch(call, type, id, () => ({ draft: read(), ifMatch }), ANSWER)).resource;
    case 'DELETE':
      await service.delete(call, type, id, () => ifMatch);
      return undefined;
  }
}
