import { nextTurn } from '../concurrency/turns.ts';
import type { BulkOperation, BulkRequest, BulkResult, Deferred, Malformed } from '../protocol/bulk.ts';
import { toldText } from '../protocol/told-text.ts';
import { ScimError, shown } from '../scim/error.ts';
import type { Resource } from '../scim/resource.ts';
import { ANSWER, carryOut, type Prepared, partOf, prepare } from './bulk-operation.ts';
import { LONGEST_STRIDE, Stride } from './bulk-stride.ts';
import type { State } from './context.ts';
import { describeFailure } from './failure.ts';

type Entry = BulkOperation | Malformed;

/** Operations may fail without waiting for anything: after this long others have their turn. Unit: ms. */
const LONGEST_TURN = 8;

/** References to add to a resource that has been made, or changed, by the operation at `index`. */
interface Completion {
  readonly index: number;
  readonly id: string;
  readonly deferred: Deferred;
}

/** An operation that waits for those that make what it refers to. */
interface Pending {
  readonly index: number;
  /** References not looked at yet, the next one last. */
  readonly open: string[];
}

const isOperation = (entry: Entry): entry is BulkOperation => !('error' in entry);

const conflict = (message: string): ScimError => new ScimError('conflict', message, { fault: 'bulk-invalid' });

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
  #turn = performance.now();

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
    for (let next = 0; next < this.#results.length; ) {
      if (this.#results[next] !== undefined) {
        next += 1;
        continue;
      }
      await this.#letOthers();
      // Nobody waits for the answer any more.
      if (this.#stopped() || this.#state.call.signal.aborted) break;
      const { members } = this.#strideFrom(next);
      await (members.length > 0 ? Promise.all(members.map((member) => this.#execute(member))) : this.#settle(next));
      next = (members.at(-1)?.index ?? next) + 1;
    }
    for (const deferred of this.#deferred) {
      await this.#letOthers();
      await this.#complete(deferred);
    }
    return this.#results.filter((result) => result !== undefined);
  }

  async #letOthers(): Promise<void> {
    if (performance.now() - this.#turn < LONGEST_TURN) return;
    await nextTurn();
    this.#turn = performance.now();
  }

  #stopped(): boolean {
    return this.#failures >= this.#request.failOnErrors;
  }

  /** Operations that can run at once. Were all of them to fail, none would have run that should not have. */
  #strideFrom(start: number): Stride {
    const tolerated = this.#request.failOnErrors - this.#failures;
    const stride = new Stride(this.#state.mount.offer.backend.sharesCommits ? Math.min(LONGEST_STRIDE, tolerated) : 1);
    for (let index = start; index < this.#results.length && !stride.isFull; index += 1) {
      if (this.#results[index] !== undefined) continue;
      const entry = this.#request.operations[index] as Entry;
      if (!isOperation(entry) || !entry.references.every((bulkId) => this.#ids.has(bulkId))) break;
      if (!stride.admits(prepare(index, entry, this.#ids, this.#state))) break;
    }
    return stride;
  }

  /** Runs an operation, and before it those that make what it refers to, however many follow from each other. */
  async #settle(index: number): Promise<void> {
    const begun: Pending[] = [];
    const begin = (operation: number): void => {
      this.#running.add(operation);
      begun.push({ index: operation, open: [...this.#referencesOf(operation)].reverse() });
    };
    begin(index);
    for (let last = begun.at(-1); last; last = begun.at(-1)) {
      const maker = this.#nextMaker(last);
      if (maker === undefined) {
        if (this.#results[last.index] === undefined) await this.#attempt(last.index);
        this.#running.delete(last.index);
        begun.pop();
        await this.#letOthers();
      } else begin(maker);
    }
  }

  #referencesOf(index: number): readonly string[] {
    const entry = this.#request.operations[index];
    return entry && isOperation(entry) ? entry.references : [];
  }

  /** The next operation that has to run before this one; `undefined` when there is none, or this one has failed for it. */
  #nextMaker({ index, open }: Pending): number | undefined {
    const entry = this.#request.operations[index] as Entry;
    for (let bulkId = open.at(-1); bulkId !== undefined; bulkId = open.at(-1)) {
      const maker = this.#makers.get(bulkId);
      const isSettled = maker !== undefined && this.#results[maker] !== undefined;
      // Being made further up is a circle, and closed afterwards.
      const isOpen = maker !== undefined && !isSettled && !this.#running.has(maker);
      if (isOpen && !this.#stopped()) return maker;
      if (maker === undefined) {
        this.#fail(index, entry, conflict(`bulkId ${shown(bulkId)} is not defined by any POST of this request`));
        return undefined;
      }
      if ((isSettled || isOpen) && !this.#ids.has(bulkId)) {
        this.#fail(index, entry, conflict(`bulkId ${shown(bulkId)} leads to an operation that failed`));
        return undefined;
      }
      open.pop();
    }
    return undefined;
  }

  async #attempt(index: number): Promise<void> {
    const entry = this.#request.operations[index] as Entry;
    if (isOperation(entry)) await this.#execute(prepare(index, entry, this.#ids, this.#state));
    else this.#fail(index, entry, entry.error);
  }

  async #execute(prepared: Prepared): Promise<void> {
    const { index, operation, id, deferred } = prepared;
    try {
      const resource = await carryOut(prepared, this.#state);
      if (operation.method === 'POST' && operation.bulkId !== undefined && resource)
        this.#ids.set(operation.bulkId, resource.id);
      if (deferred && resource) this.#deferred.push({ deferred, index, id: resource.id });
      this.#results[index] = this.#result(operation, resource?.id ?? (id || undefined), resource);
    } catch (error) {
      this.#fail(index, operation, error);
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
      const { resource } = await mount.service.patch(partOf(call), type, id, read, ANSWER);
      this.#results[index] = this.#result(operation, id, resource);
    } catch (error) {
      this.#fail(index, operation, error, id, `the ${type.name} was created, but not its reference: `);
    }
  }

  #result({ method, bulkId, type }: BulkOperation, id: string | undefined, resource?: Resource): BulkResult {
    const version = this.#state.mount.offer.etag ? resource?.meta.version : undefined;
    return { method, bulkId, type, id, version, status: this.#statusOf(method) };
  }

  #statusOf(method: string): number {
    if (method === 'POST') return 201;
    return method === 'DELETE' ? this.#state.mount.protocol.deleted.status : 200;
  }

  /**
   * @param id  of the resource, as far as it is known
   * @param done  what was done all the same, for the description
   */
  #fail(index: number, entry: Entry, error: unknown, id?: string, done = ''): void {
    const { status, reason, message } = describeFailure(error, this.#state.passingStatus);
    this.#failures += 1;
    this.#results[index] = {
      method: entry.method,
      bulkId: entry.bulkId,
      ...(isOperation(entry) ? { type: entry.type, id: id ?? entry.id(this.#ids) } : {}),
      version: error instanceof ScimError ? error.version : undefined,
      status,
      reason,
      description: toldText(done + message, this.#state.reference),
    };
  }
}
