import type { EventOutcome, OperationEvent } from '../service/observer.ts';

/** Addresses that are remembered: agents, and proxies before them. */
const MOST = 64;

/** The last request from one address that showed a credential. */
export interface Contact {
  readonly address: string;
  readonly userAgent?: string;
  readonly app: string;
  readonly actor: string;
  /** What Okta calls it. */
  readonly message: string;
  readonly outcome: EventOutcome;
  readonly ref: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** Unit: ms. */
  readonly duration: number;
}

/** Who called last, by address. Whoever shows no credential is no agent. */
export class Contacts {
  readonly #byAddress = new Map<string, Contact>();

  restore(contacts: readonly Contact[]): void {
    for (const contact of contacts) this.#byAddress.set(contact.address, contact);
  }

  observe({ call, app, message, outcome, duration }: OperationEvent, now: number): void {
    const { client, actor } = call;
    if (client === undefined || actor === '') return;
    const { address, userAgent } = client;
    this.#byAddress.delete(address);
    this.#byAddress.set(address, {
      address,
      ...(userAgent === undefined ? {} : { userAgent }),
      app,
      actor,
      message,
      outcome,
      ref: call.requestId,
      time: new Date(now).toISOString(),
      duration: Math.round(duration * 10) / 10,
    });
    const [oldest] = this.#byAddress.keys();
    if (this.#byAddress.size > MOST && oldest !== undefined) this.#byAddress.delete(oldest);
  }

  /** The latest first. */
  list(): readonly Contact[] {
    return [...this.#byAddress.values()].toReversed();
  }
}
