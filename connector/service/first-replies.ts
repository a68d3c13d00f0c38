import { LRUCache } from 'lru-cache';
import type { Call } from '../backend/backend.ts';

/** As many of the latest are remembered. */
export const REMEMBERED = 10_000;

/**
 * Knows of the resources made lately whether their maker has heard of them. A client that uses an id has seen the
 * reply that told it; the same create again is then a mistake and not a retry (docs/okta-agent.md, Status codes).
 * None of it fails: what cannot be remembered is forgotten.
 */
export interface FirstReplies {
  /** A resource was made; its reply is on the way. */
  expect(call: Call, id: string): void | Promise<void>;
  /** A client named the resource by its id. @param created  when it was made, where that is known: ISO 8601 */
  arrive(call: Call, id: string, created?: string): void | Promise<void>;
  arrived(call: Call, id: string): boolean | Promise<boolean>;
}

/** Those of one process. */
export class OwnReplies implements FirstReplies {
  readonly #replies = new LRUCache<string, { arrived: boolean }>({ max: REMEMBERED });

  expect(_: Call, id: string): void {
    this.#replies.set(id, { arrived: false });
  }

  arrive(_: Call, id: string): void {
    // Not `get`: only the latest are of interest, however often they are used.
    const reply = this.#replies.peek(id);
    if (reply) reply.arrived = true;
  }

  arrived(_: Call, id: string): boolean {
    return this.#replies.peek(id)?.arrived === true;
  }
}
