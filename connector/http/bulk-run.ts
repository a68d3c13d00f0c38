import type { BulkOperation, BulkRequest, BulkResult, Deferred, Malformed } from '../protocol/bulk.ts';
import { ScimError, shown } from '../scim/error.ts';
import type { Read } from '../scim/query.ts';
import type { Resource } from '../scim/resource.ts';
import type { State } from './context.ts';
import { describeFailure } from './failure.ts';

type Entry = BulkOperation | Malformed;

/** References to add to a resource that has been made, or changed, by the operation at `index`. */
interface Completion {
  readonly index: number;
  readonly id: string;
  readonly deferred: Deferred;
}

/** An operation is answered with an id and a version. */
const ANSWER: Read = { without: ['groups', 'members'] };

const isOperation = (entry: Entry): entry is BulkOperation => !('error' in entry);

const conflict = (message: string): ScimError => new ScimError('conflict', message);

/** Runs the operations of one bulk request: each succeeds or fails alone (SCIM 1.1 API §3.5). */
export class BulkRun {
  readonly #request: BulkRequest;
  readonly #state: State;
  readonly #results: (BulkResult | undefined)[];
  /** bulkId → the POST that defines it. */
  readonly #makers = new Map<string, number>();
  readonly #ids = new Map<string, string>();
  readonly #running = new Set<number>();
  readonly #deferred: Completion[] = [];
  #failures = 0;

  constructor(request: BulkRequest, state: State) {
    this.#request = request;
    this.#state = state;
    this.#results = request.operations.map(() => undefined);
    request.operations.forEach((entry, index) => {
      if (isOperation(entry) && entry.method === 'POST' && entry.bulkId !== undefined)
        this.#makers.set(entry.bulkId, index);
    });
  }

  /** Results in the order of the request; those after the last tolerated failure are neither run nor reported. */
  async run(): Promise<readonly BulkResult[]> {
    for (const index of this.#request.operations.keys()) {
      // Nobody waits for the answer any more.
      if (this.#stopped() || this.#state.call.signal.aborted) break;
      await this.#settle(index);
    }
    for (const deferred of this.#deferred) await this.#complete(deferred);
    return this.#results.filter((result) => result !== undefined);
  }

  #stopped(): boolean {
    return this.#failures >= this.#request.failOnErrors;
  }

  async #settle(index: number): Promise<void> {
    const entry = this.#request.operations[index];
    if (!entry || this.#results[index] !== undefined || this.#running.has(index)) return;
    this.#running.add(index);
    try {
      if (!isOperation(entry)) throw entry.error;
      await this.#execute(index, entry);
    } catch (error) {
      this.#fail(index, entry, error);
    } finally {
      this.#running.delete(index);
    }
  }

  async #execute(index: number, operation: BulkOperation): Promise<void> {
    for (const bulkId of operation.references) await this.#make(bulkId);
    const id = operation.id(this.#ids);
    const { body, deferred } = operation.body(this.#ids);
    const resource = await this.#call(operation, id ?? '', body);
    if (operation.method === 'POST' && operation.bulkId !== undefined && resource)
      this.#ids.set(operation.bulkId, resource.id);
    if (deferred && resource) this.#deferred.push({ deferred, index, id: resource.id });
    this.#results[index] = this.#result(operation, resource?.id ?? id, resource);
  }

  /** Sees to it that the resource behind a reference exists, or is being made further up (a circle). */
  async #make(bulkId: string): Promise<void> {
    const maker = this.#makers.get(bulkId);
    if (maker === undefined) throw conflict(`bulkId ${shown(bulkId)} is not defined by any POST of this request`);
    if (this.#running.has(maker)) return;
    if (!this.#stopped()) await this.#settle(maker);
    if (!this.#ids.has(bulkId)) throw conflict(`bulkId ${shown(bulkId)} leads to an operation that failed`);
  }

  async #call(operation: BulkOperation, id: string, body: unknown): Promise<Resource | undefined> {
    const { mount, call } = this.#state;
    const { service, offer, protocol } = mount;
    const { type, version } = operation;
    const ifMatch = offer.etag ? version : undefined;
    switch (operation.method) {
      case 'POST':
        return service.create(call, type, () => protocol.decodeResource(type, body, mount), ANSWER);
      case 'PUT': {
        const read = () => ({ draft: protocol.decodeResource(type, body, mount), ifMatch });
        return (await service.replace(call, type, id, read, ANSWER)).resource;
      }
      case 'PATCH': {
        const read = () => {
          if (!offer.patch) throw new ScimError('notImplemented', 'PATCH is switched off; use PUT');
          return { draft: protocol.decodePatch(type, body, mount), ifMatch };
        };
        return (await service.patch(call, type, id, read, ANSWER)).resource;
      }
      case 'DELETE':
        await service.delete(call, type, id, () => ifMatch);
        return undefined;
    }
  }

  /** Adds the references that closed a circle, now that all of it exists. */
  async #complete({ index, id, deferred }: Completion): Promise<void> {
    const { mount, call } = this.#state;
    const { type } = deferred;
    const operation = this.#request.operations[index] as BulkOperation;
    try {
      const open = deferred.references.find((bulkId) => !this.#ids.has(bulkId));
      if (open !== undefined) throw conflict(`bulkId ${shown(open)} leads to an operation that failed`);
      // Made in this very request: there is no version that the client could have read.
      const read = () => ({
        draft: mount.protocol.decodePatch(type, deferred.body(this.#ids), mount),
        ifMatch: '*' as const,
      });
      const { resource } = await mount.service.patch(call, type, id, read, ANSWER);
      this.#results[index] = this.#result(operation, id, resource);
    } catch (error) {
      this.#fail(index, operation, error, id, `the ${type.name} was created, but not its reference: `);
    }
  }

  #result({ method, bulkId, type }: BulkOperation, id: string | undefined, resource?: Resource): BulkResult {
    const version = this.#state.mount.offer.etag ? resource?.meta.version : undefined;
    return { method, bulkId, type, id, version, status: method === 'POST' ? 201 : 200 };
  }

  /**
   * @param id  of the resource, as far as it is known
   * @param done  what was done all the same, for the description
   */
  #fail(index: number, entry: Entry, error: unknown, id?: string, done = ''): void {
    const { status, message } = describeFailure(error, this.#state.passingStatus);
    this.#failures += 1;
    this.#results[index] = {
      method: entry.method,
      bulkId: entry.bulkId,
      ...(isOperation(entry) ? { type: entry.type, id: id ?? entry.id(new Map()) } : {}),
      version: error instanceof ScimError ? error.version : undefined,
      status,
      description: `${done}${message} (ref ${this.#state.reference})`,
    };
  }
}
