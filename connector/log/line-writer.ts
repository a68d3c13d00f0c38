import { write, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** Most that waits for a slow reader; further lines are lost. Unit: characters. */
const MOST = 16 * 1024 * 1024;
/** Until a full pipe is tried again. Unit: ms. */
const RETRY_AFTER = 50;

const isFullPipe = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EAGAIN';

/**
 * Lines on their way to a file descriptor. They are collected while the last write runs: a busy server does not wait
 * for its log. What cannot be written (a full disk, a reader that is gone) is lost and stops nobody: the next lines are
 * tried again. Pino's own destination repeats such a write for ever when it is flushed.
 */
export class LineWriter implements DestinationStream {
  readonly #fd: number;
  #waiting: string[] = [];
  #size = 0;
  #isWriting = false;

  constructor(fd: number) {
    this.#fd = fd;
  }

  write(line: string): void {
    if (this.#size + line.length > MOST) return;
    this.#waiting.push(line);
    this.#size += line.length;
    if (!this.#isWriting) this.#send(this.#take());
  }

  /** Writes at once what waits, for a process about to end. */
  flush(): void {
    const text = this.#take();
    try {
      for (let from = 0; from < text.length; ) from += writeSync(this.#fd, text, from);
    } catch {
      // There is nobody left to tell.
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
      else if (this.#waiting.length > 0) this.#send(this.#take());
      else this.#isWriting = false;
    });
  }
}
