import { Readable } from 'node:stream';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** Up to the first Enter, which belongs to it. */
const LINE = /^[^\r\n]*(?:\r\n?|\n)?/;

const isWhole = (line: string): boolean => /[\r\n]$/.test(line);

/**
 * Keys of the terminal, each question's own: what is typed ahead is kept for the next one, where a library would drop it.
 * Between questions nothing is echoed, and Ctrl-C, Ctrl-D and the end of the input are heard all the same.
 */
export class Keyboard {
  readonly #gone = new AbortController();
  #waiting = '';
  #stream: Readable | undefined;
  #isDue = false;

  constructor() {
    process.stdin.setRawMode(true).setEncoding('utf8');
    process.stdin.on('data', this.#typed).once('end', this.#leave).resume();
  }

  /** Aborted when whoever typed has left. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** Keys for one question, an answer at a time: one that is refused is followed by the next. */
  async during<T>(work: (keys: Readable) => Promise<T>): Promise<T> {
    this.#gone.signal.throwIfAborted();
    const stream = new Readable({ read: () => undefined, encoding: 'utf8' });
    this.#stream = stream;
    this.#deliver();
    try {
      return await work(stream);
    } finally {
      this.#stream = undefined;
      stream.destroy();
    }
  }

  close(): void {
    process.stdin.off('data', this.#typed).off('end', this.#leave).setRawMode(false).pause();
  }

  readonly #typed = (text: string): void => {
    if (text.includes(CTRL_C) || text.includes(CTRL_D)) {
      this.#leave();
      return;
    }
    this.#waiting += text;
    this.#deliver();
  };

  readonly #leave = (): void => this.#gone.abort();

  #deliver(): void {
    if (this.#isDue || !this.#stream || this.#waiting === '') return;
    const [line = ''] = LINE.exec(this.#waiting) ?? [];
    this.#waiting = this.#waiting.slice(line.length);
    this.#stream.push(line);
    if (!isWhole(line)) return;
    // The question judges the answer first: what follows is its next answer, or that of the next question.
    this.#isDue = true;
    setImmediate(() =>
      setImmediate(() => {
        this.#isDue = false;
        this.#deliver();
      }),
    );
  }
}
