/** Longest that a piece of work keeps the event loop to itself before others have their turn. Unit: ms. */
const STRIDE = 8;

const waiting: (() => void)[] = [];

function admitOne(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(admitOne);
}

/** A turn of the event loop, of which each goes to one of those that wait: sockets are looked at between any two. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(admitOne);
  });
}

/**
 * Does work that yields wherever it can stop, in as many turns as it takes. Small work is done in one.
 * @param between  asked after each turn; throws when nobody needs the work any more
 */
export async function inTurns<T>(work: Iterator<unknown, T>, between: () => void): Promise<T> {
  for (let begun = performance.now(); ; ) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - begun < STRIDE) continue;
    await nextTurn();
    between();
    begun = performance.now();
  }
}
