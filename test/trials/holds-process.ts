import type { Backend, Call } from '../../connector/backend/backend.ts';
import { ForwardingBackend } from '../../connector/backend/decorators/forwarding-backend.ts';
import { Gates } from '../../connector/holds/gates.ts';
import type { Ledger } from '../../connector/holds/ledger.ts';
import type { Limits } from '../../connector/holds/limits.ts';
import type { Change } from '../../connector/scim/change.ts';
import { ScimError } from '../../connector/scim/error.ts';
import type { Read } from '../../connector/scim/query.ts';
import type { Changed, Resource } from '../../connector/scim/resource.ts';
import type { ResourceType } from '../../connector/scim/schema/resource-type.ts';
import { guardedService } from '../../connector/service/assemble-service.ts';
import { defaultPolicy } from '../../connector/service/policy.ts';
import type { Service } from '../../connector/service/service.ts';
import type { Random } from '../../connector/simulator/random.ts';

/** The process that was writing is dead: nobody gets an answer, nothing is given back. */
export class Died extends Error {}

interface Mishaps {
  readonly random: Random;
  /** Chance that the process dies at a write, before or after it. */
  readonly deaths: number;
  /** Chance that the store refuses a write. */
  readonly refusals: number;
  readonly onDeath: () => void;
}

/** A store during whose writes the connector may die, or which refuses some. */
class MishapBackend extends ForwardingBackend {
  readonly #mishaps: Mishaps;

  constructor(inner: Backend, mishaps: Mishaps) {
    super(inner);
    this.#mishaps = mishaps;
  }

  override modify(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from?: Resource,
    read?: Read,
  ): Promise<Changed> {
    return this.#write(() => super.modify(call, type, id, changes, from, read));
  }

  override delete(call: Call, type: ResourceType, id: string, from?: Resource): Promise<void> {
    return this.#write(() => super.delete(call, type, id, from));
  }

  async #write<T>(work: () => Promise<T>): Promise<T> {
    const { random, deaths, refusals, onDeath } = this.#mishaps;
    // Others have their turn between what is counted and what is written.
    await new Promise((resolve) => setImmediate(resolve));
    if (random.happens(refusals)) throw new ScimError('uniqueness', 'refused', { fault: 'value-taken' });
    const [before, after] = [random.happens(deaths / 2), random.happens(deaths / 2)];
    if (before || after) onDeath();
    if (before) throw new Died();
    const result = await work();
    if (after) throw new Died();
    return result;
  }
}

export interface ProcessOptions extends Omit<Mishaps, 'onDeath'> {
  /** As a new process opens it. */
  readonly ledger: () => Ledger;
  readonly backend: Backend;
  readonly app: string;
  readonly limits: Limits;
  readonly now: () => number;
}

/** A connector that serves one app. It starts again when it has died, as another process on the same file. */
export class HoldsProcess {
  readonly #options: ProcessOptions;
  #service: Service | undefined;
  readonly #gates: Gates[] = [];
  deaths = 0;

  constructor(options: ProcessOptions) {
    this.#options = options;
  }

  get service(): Service {
    this.#service ??= this.#start();
    return this.#service;
  }

  restart(): void {
    this.#service = undefined;
  }

  async close(): Promise<void> {
    for (const gates of this.#gates) await gates.close();
  }

  #start(): Service {
    const { ledger, backend, app, limits, now, ...mishaps } = this.#options;
    const gates = new Gates({ ledger: ledger(), now });
    this.#gates.push(gates);
    const onDeath = (): void => {
      this.deaths += 1;
      this.restart();
    };
    return guardedService(new MishapBackend(backend, { ...mishaps, onDeath }), defaultPolicy, gates.of(app, limits));
  }
}
