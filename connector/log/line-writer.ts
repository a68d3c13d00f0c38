import { write, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** Most that waits for a slow reader; further lines are lost. Unit: characters. */
const MOST = 16 * 1024 * 1024;
/** Until a full pipe is tried again. Unit: ms. */
const RETRY_AFTER = 50;

const LINE_END = 0x0a;
const linesIn = (text: Buffer): number => text.reduce((count, byte) => count + Number(byte === LINE_END), 0);

const isFullPipe = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EAGAIN';

/**
 * Lines on their way to a file descriptor. They are collected while the last write runs: a busy server does not wait
 * for its log. What cannot be written (a full disk, a reader that is gone) is lost and stops nobody: the next lines are
 * tried again, and how many are missing is told when they arrive. Pino's own destination repeats such a write for ever when it is flushed.
 */
export class LineWriter implements DestinationStream {
  readonly #fd: number;
  readonly #onLost: ((count: number) => void) | undefined;
  #lost = 0;
  #waiting: string[] = [];
  #size = 0;
  #isWriting = false;

  /** @param onLost  lines can be written again, and so many could not */
  constructor(fd: number, onLost?: (count: number) => void) {
    this.#fd = fd;
    this.#onLost = onLost;
  }

  write(line: string): void {
    if (this.#size + line.length > MOST) {
      this.#lost += 1;
      return;
    }
    this.#waiting.push(line);
    this.#size += line.length;
    if (!this.#isWriting) this.#send(this.#take());
  }

  /** Writes at once what waits, for a process about to end. */
  flush(): void {
    const text = this.#take();
    let from = 0;
    try {
      for (; from < text.length; ) from += writeSync(this.#fd, text, from);
    } catch {
      // Perhaps nobody is left to tell.
      this.#lost += linesIn(text.subarray(from));
    }
  }

  #take(): Buffer {
    const text = Buffer.from(this.#waiting.join(''));
    this.#waiting = [];
    this.#size = 0;
    return text;
  }

  #send(text: Buffer): void {
    this.#isWriting = true;
    write(this.#fd, text, (error, written) => {
      if (error && isFullPipe(error)) setTimeout(() => this.#send(text), RETRY_AFTER);
      else if (!error && written < text.length) this.#send(text.subarray(written));
      else this.#sent(error ? text : undefined);
    });
  }

  /** @param missing  what could not be written */
  #sent(missing: Buffer | undefined): void {
    if (missing) this.#lost += linesIn(missing);
    else if (this.#lost > 0) {
      const count = this.#lost;
      this.#lost = 0;
      this.#onLost?.(count);
    }
    if (this.#waiting.length > 0) this.#send(this.#take());
    else this.#isWriting = false;
  }
}
