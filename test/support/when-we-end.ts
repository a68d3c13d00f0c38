/** What is left to do when the test process ends, however it ends, short of SIGKILL. */
const left = new Set<() => void>();

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function doAll(): void {
  for (const one of left) one();
  left.clear();
}

let isListening = false;

function listen(): void {
  if (isListening) return;
  isListening = true;
  process.once('exit', doAll);
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      doAll();
      // What it does by itself, or what others have asked for.
      process.kill(process.pid, signal);
    });
  }
}

/** @returns what takes it back */
export function whenWeEnd(work: () => void): () => void {
  listen();
  left.add(work);
  return () => left.delete(work);
}
