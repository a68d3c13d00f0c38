/**
 * Asks once for all who wait. What is asked already may have been answered too early for who comes now: those who come
 * meanwhile are asked for together, next.
 */
export class Gathering<Item, Answer> {
  readonly #work: (items: readonly Item[]) => Promise<Answer>;
  #running: Promise<unknown> = Promise.resolve();
  #next: { readonly items: Item[]; readonly answer: Promise<Answer> } | undefined;

  constructor(work: (items: readonly Item[]) => Promise<Answer>) {
    this.#work = work;
  }

  ask(item: Item): Promise<Answer> {
    if (this.#next) {
      this.#next.items.push(item);
      return this.#next.answer;
    }
    const items = [item];
    const answer = this.#running.then(() => {
      this.#next = undefined;
      return this.#work(items);
    });
    this.#running = answer.catch(() => undefined);
    this.#next = { items, answer };
    return answer;
  }
}
