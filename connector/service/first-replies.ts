import { LRUCache } from 'lru-cache';

const REMEMBERED = 10_000;

/**
 * Knows of the resources made lately whether their maker has heard of them. A client that uses an id has seen the
 * reply that told it; the same create again is then a mistake and not a retry (docs/okta-agent.md, Status codes).
 */
export class FirstReplies {
  readonly #replies = new LRUCache<string, { arrived: boolean }>({ max: REMEMBERED });

  /** A resource was made; its reply is on the way. */
  expect(id: string): void {
    this.#replies.set(id, { arrived: false });
  }

  /** A client named the resource by its id. */
  arrive(id: string): void {
    // Not `get`: only the latest are of interest, however often they are used.
    const reply = this.#replies.peek(id);
    if (reply) reply.arrived = true;
  }

  arrived(id: string): boolean {
    return this.#replies.peek(id)?.arrived === true;
  }
}
