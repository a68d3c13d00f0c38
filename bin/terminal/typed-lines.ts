import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';

/** Nobody answered. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  /** By Ctrl-C; else the input has ended, as with Ctrl-D. */
  readonly interrupted: boolean;

  constructor(interrupted: boolean) {
    super(interrupted ? 'interrupted' : 'no answer');
    this.interrupted = interrupted;
  }
}

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** Lines typed on the terminal in answer to questions on stderr. What is typed ahead is kept. */
export class TypedLines {
  readonly #readline: Interface;
  readonly #lines: AsyncIterator<string>;
  #interrupted = false;

  /** @param hidden  neither the questions nor what is typed is shown */
  constructor({ hidden = false } = {}) {
    const input = process.stdin;
    this.#readline = hidden
      ? createInterface({ input, output: nowhere(), terminal: true })
      : createInterface({ input, output: process.stderr });
    this.#readline.once('SIGINT', () => {
      this.#interrupted = true;
      this.#readline.close();
    });
    // An iterator and not `question`, which loses what is typed ahead.
    this.#lines = this.#readline[Symbol.asyncIterator]();
  }

  /** @throws NoAnswer */
  async ask(question: string): Promise<string> {
    // As the prompt, so that it is still there when the answer is corrected.
    this.#readline.setPrompt(question);
    this.#readline.prompt();
    const { done, value } = await this.#lines.next();
    if (done) throw new NoAnswer(this.#interrupted);
    return value;
  }

  close(): void {
    this.#readline.close();
  }
}
