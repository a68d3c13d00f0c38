import cliProgress from 'cli-progress';

/** Sooner it would be a guess. Unit: ms. */
const SETTLED = 2000;

/** `  40s left`; nothing where it cannot be told. @param elapsed  unit: ms @param part  of the whole, 0 to 1 */
export function remaining(elapsed: number, part: number): string {
  if (elapsed < SETTLED || part <= 0 || part >= 1) return '';
  const seconds = Math.ceil((elapsed * (1 - part)) / part / 1000);
  return `  ${seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`} left`;
}

/** How far an import is, on stderr. Gone when it is over. */
export class ProgressBar {
  #bar: cliProgress.SingleBar | undefined;
  /** Unit: ms, on the clock of `performance`. */
  #started = 0;

  /** @param size  what `read` grows to, in the same unit; nothing is shown when it is 0, which means unknown */
  show(read: number, size: number, resources: number): void {
    if (size <= 0) return;
    if (!this.#bar) {
      this.#bar = new cliProgress.SingleBar({
        stream: process.stderr,
        format: '{bar} {percentage} %  {resources} resources{left}',
        barCompleteChar: '█',
        barIncompleteChar: '░',
        hideCursor: true,
        clearOnComplete: true,
      });
      this.#bar.start(size, 0, { resources: 0, left: '' });
      this.#started = performance.now();
    }
    this.#bar.update(read, { resources, left: remaining(performance.now() - this.#started, read / size) });
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}
