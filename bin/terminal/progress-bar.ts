import cliProgress from 'cli-progress';

/** How far an import is, on stderr. Gone when it is over. */
export class ProgressBar {
  #bar: cliProgress.SingleBar | undefined;

  /** @param size  what `read` grows to, in the same unit; nothing is shown when it is 0, which means unknown */
  show(read: number, size: number, resources: number): void {
    if (size <= 0) return;
    if (!this.#bar) {
      this.#bar = new cliProgress.SingleBar({
        stream: process.stderr,
        format: '{bar} {percentage} %  {resources} resources  {eta_formatted} left',
        barCompleteChar: '█',
        barIncompleteChar: '░',
        hideCursor: true,
        clearOnComplete: true,
      });
      this.#bar.start(size, 0, { resources: 0 });
    }
    this.#bar.update(read, { resources });
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}
