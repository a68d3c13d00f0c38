import cliProgress from 'cli-progress';

/** A bar on a terminal, nothing elsewhere. */
export interface Progress {
  update(done: number, resources: number): void;
  stop(): void;
}

const silent: Progress = { update: () => undefined, stop: () => undefined };

/** @param total  in the unit of `done`, bytes as a rule */
export function startProgress(total: number, shown: boolean): Progress {
  if (!shown || total <= 0) return silent;
  const bar = new cliProgress.SingleBar({
    stream: process.stderr,
    format: '{bar} {percentage} %  {resources} resources  {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0, { resources: 0 });
  return { update: (done, resources) => bar.update(done, { resources }), stop: () => bar.stop() };
}
