import { type BulkRequest, type Malformed, type Operation, REFERENCE } from '../protocol/v1/bulk.ts';
import { decodePatch, decodeResource } from '../protocol/v1/decode.ts';
import { formatVersion, type Json, locationOf } from '../protocol/v1/encode.ts';
import { ScimError, shown } from '../scim/error.ts';
import type { Resource } from '../scim/resource.ts';
import { type Deferred, deferReferences, mapReferences, referencesIn } from './bulk-references.ts';
import type { State } from './context.ts';
import { describeFailure } from './middleware/errors.ts';

type Entry = Operation | Malformed;

/** References to add to a resource that has been made, or changed, by the operation at `index`. */
interface Completion extends Deferred {
  readonly index: number;
  readonly id: string;
}

const isOperation = (entry: Entry): entry is Operation => !('error' in entry);

const conflict = (message: string): ScimError => new ScimError('conflict', message);

/** Runs the operations of one bulk request: each succeeds or fails alone (SCIM 1.1 API §3.5). */
export class BulkRun {
  readonly #request: BulkRequest;
  readonly #state: State;
  readonly #results: (Record<string, unknown> | undefined)[];
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
  async run(): Promise<readonly Json[]> {
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

  async #execute(index: number, operation: Operation): Promise<void> {
    for (const bulkId of referencesIn([operation.id, operation.body])) await this.#make(bulkId);
    const known = (bulkId: string): boolean => this.#ids.has(bulkId);
    const { body, deferred } = deferReferences(operation, known);
    const resolve = (bulkId: string): string => this.#ids.get(bulkId) ?? `${REFERENCE}${bulkId}`;
    const id = operation.id === undefined ? undefined : String(mapReferences(operation.id, resolve));
    const resource = await this.#call(
      { ...operation, ...(id === undefined ? {} : { id }) },
      mapReferences(body, resolve),
    );
    if (operation.method === 'POST' && operation.bulkId !== undefined && resource)
      this.#ids.set(operation.bulkId, resource.id);
    if (deferred && resource) this.#deferred.push({ ...deferred, index, id: resource.id });
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

  async #call(operation: Operation, body: unknown): Promise<Resource | undefined> {
    const { mount, call } = this.#state;
    const { service, offer } = mount;
    const { type, id = '', version } = operation;
    const ifMatch = offer.etag ? version : undefined;
    switch (operation.method) {
      case 'POST':
        return service.create(call, type, decodeResource(type, body, mount));
      case 'PUT':
        return (await service.replace(call, type, id, decodeResource(type, body, mount), ifMatch)).resource;
      case 'PATCH':
        if (!offer.patch) throw new ScimError('notImplemented', 'PATCH is switched off; use PUT');
        return (await service.patch(call, type, id, decodePatch(type, body, mount), ifMatch)).resource;
      case 'DELETE':
        await service.delete(call, type, id, ifMatch);
        return undefined;
    }
  }

  /** Adds the references that closed a circle, now that all of it exists. */
  async #complete({ index, id, type, body }: Completion): Promise<void> {
    const { mount, call } = this.#state;
    const operation = this.#request.operations[index] as Operation;
    try {
      const open = referencesIn(body).find((bulkId) => !this.#ids.has(bulkId));
      if (open !== undefined) throw conflict(`bulkId ${shown(open)} leads to an operation that failed`);
      const patch = decodePatch(
        type,
        mapReferences(body, (bulkId) => this.#ids.get(bulkId) ?? ''),
        mount,
      );
      // Made in this very request: there is no version that the client could have read.
      const { resource } = await mount.service.patch(call, type, id, patch, '*');
      this.#results[index] = this.#result(operation, id, resource);
    } catch (error) {
      this.#fail(index, operation, error, id, `the ${type.name} was created, but not its reference: `);
    }
  }

  #result(operation: Operation, id: string | undefined, resource?: Resource): Record<string, unknown> {
    const version = this.#state.mount.offer.etag ? resource?.meta.version : undefined;
    return {
      ...(id === undefined ? {} : { location: locationOf(this.#state.baseUrl, operation.type, id) }),
      method: operation.method,
      ...(operation.bulkId === undefined ? {} : { bulkId: operation.bulkId }),
      ...(version === undefined ? {} : { version: formatVersion(version) }),
      status: { code: operation.method === 'POST' ? '201' : '200' },
    };
  }

  /** @param done  what was done all the same, for the description */
  #fail(index: number, entry: Entry, error: unknown, id = isOperation(entry) ? entry.id : undefined, done = ''): void {
    const { status, message } = describeFailure(error, this.#state.passingStatus);
    if (!(error instanceof ScimError)) this.#state.trace.cause ??= error;
    const version = error instanceof ScimError ? error.version : undefined;
    this.#failures += 1;
    this.#results[index] = {
      ...(isOperation(entry) && id !== undefined ? { location: locationOf(this.#state.baseUrl, entry.type, id) } : {}),
      ...(entry.method === undefined ? {} : { method: entry.method }),
      ...(entry.bulkId === undefined ? {} : { bulkId: entry.bulkId }),
      ...(version === undefined ? {} : { version: formatVersion(version) }),
      status: { code: String(status), description: `${done}${message} (ref ${this.#state.reference})` },
    };
  }
}
