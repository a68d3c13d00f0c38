import { failureVerdict } from './diagnosis/failure-verdict.ts';
import type { Patient } from './patient.ts';
import { type Step, skipped, type Tried, type Verdict, warning } from './step.ts';

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Longest that a step may take, where it does not say itself. Unit: ms. */
  readonly limit?: number;
  /** When all must be over, as `performance.now()` counts. */
  readonly end?: number;
}

/** Unit: ms. */
const GRACE = 500;

class TooLong extends Error {}

/** Whatever hangs, hangs no longer than that. */
async function within<T>(work: Promise<T>, limit: number, signal: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    if (Number.isFinite(limit))
      timer = setTimeout(() => reject(new TooLong(`it took longer than ${limit / 1000} s`)), limit);
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

async function verdictOf(step: Step, patient: Patient, limit: number, signal: AbortSignal): Promise<Verdict> {
  const before = patient.agent.findings.length;
  try {
    const verdict = await within(step.run(patient), limit, signal);
    const [finding, ...more] = patient.agent.findings.slice(before);
    if (verdict.status !== 'ok' || finding === undefined) return verdict;
    const others = more.length === 0 ? '' : `, and ${more.length} more`;
    return warning(`${finding}${others}`);
  } catch (error) {
    signal.throwIfAborted();
    return failureVerdict(error, patient);
  }
}

/** Tries one step after the other; what follows a fatal one is skipped. Each is told as soon as it is over. */
export async function* runSteps(
  steps: readonly Step[],
  patient: Patient,
  { signal, limit = Number.POSITIVE_INFINITY, end = Number.POSITIVE_INFINITY }: RunOptions,
): AsyncGenerator<Tried> {
  let fatal: string | undefined;
  /** Title of the first step that failed for each cause: it is told once. */
  const causes = new Map<string, string>();
  for (const step of steps) {
    signal.throwIfAborted();
    const began = performance.now();
    // A reply that is given up is the step's to tell, so that the step may take a little longer.
    const room = Math.min(step.limit ?? limit + GRACE, end - began);
    let verdict: Verdict;
    if (fatal !== undefined) verdict = skipped(`not tried, because of "${fatal}"`);
    else if (room <= 0) verdict = skipped('not tried: those before it took too long');
    else verdict = await verdictOf(step, patient, room, signal);
    if (verdict.status === 'failed') {
      if (verdict.isFatal) fatal = step.title;
      const first = causes.get(verdict.cause);
      if (first === undefined) causes.set(verdict.cause, step.title);
      else verdict = skipped(`fails too, for the same reason as "${first}"`);
    }
    yield { step, verdict, duration: performance.now() - began };
  }
}
