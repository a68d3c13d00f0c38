const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Short work that is better done than left half done: whoever asks us to stop meanwhile waits for its end. */
export async function uninterrupted<T>(work: () => Promise<T>): Promise<T> {
  const deaf = (): void => undefined;
  for (const signal of SIGNALS) process.on(signal, deaf);
  try {
    return await work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, deaf);
  }
}
