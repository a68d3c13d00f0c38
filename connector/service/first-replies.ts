const REMEMBERED = 10_000;

/**
 * Knows of the resources made lately whether their maker has heard of them. A client that uses an id has seen the
 * reply that told it; the same create again is then a mistake and not a retry (docs/okta-agent.md, Status codes).
 */
export class FirstReplies {
  readonly #heard = new Map<string, boolean>();

  /** A resource was made; its reply is on the way. */
  expect(id: string): void {
    if (this.#heard.size >= REMEMBERED) {
      const [oldest] = this.#heard.keys();
      if (oldest !== undefined) this.#heard.delete(oldest);
    }
    this.#heard.set(id, false);
  }

  /** A client named the resource by its id. */
  arrive(id: string): void {
    if (this.#heard.has(id)) this.#heard.set(id, true);
  }

  arrived(id: string): boolean {
    return this.#heard.get(id) === true;
  }
}
