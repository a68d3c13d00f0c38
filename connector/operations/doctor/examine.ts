import { admitOwn } from './admit-own.ts';
import { type Admitted, admitTarget } from './admitted.ts';
import { startFailure } from './diagnosis/start-failure.ts';
import type { OwnServer, Patient, Target } from './patient.ts';
import { type RunOptions, runSteps } from './run-steps.ts';
import { ok, type Step, skipped, type Tried, type Verdict, warning } from './step.ts';
import { STEPS } from './steps.ts';

export interface Examination {
  readonly signal: AbortSignal;
  /** Instead of those that only read. */
  readonly steps?: readonly Step[];
  /** What comes after the steps, on the same patient: `--write`. Not begun where one of them was fatal. */
  readonly more?: (patient: Patient, options: RunOptions) => AsyncGenerator<Tried>;
  /** What starts the service. */
  readonly start?: string;
  /** Longest that one reply or one step may take. Unit: ms. */
  readonly limit?: number;
  /** Longest that all of it may take. Unit: ms. */
  readonly budget?: number;
}

const LIMIT = 12_000;
const BUDGET = 28_000;

const SERVICE = { name: 'service', title: 'Connector' } as const;

const isOwn = (subject: OwnServer | Target): subject is OwnServer => 'config' in subject;

function serviceVerdict({ isStarted, oktaUrl }: Admitted['patient'], start: string): Verdict {
  if (!isStarted) return ok(`runs, base URL ${oktaUrl}/`);
  return warning(
    'the service does not run: Okta gets no answer. One was started here to be examined',
    'Start it',
    start,
  );
}

/**
 * Tries what Okta does, step by step, and tells each as soon as it is over. Changes nothing, unless `steps` do. What was
 * made for it is undone also when the caller stops listening, or `signal` ends it.
 * @throws the reason of `signal`
 */
export async function* examine(subject: OwnServer | Target, examination: Examination): AsyncGenerator<Tried> {
  const {
    signal,
    steps = STEPS,
    more,
    start = 'scim-connector service start',
    limit = LIMIT,
    budget = BUDGET,
  } = examination;
  const began = performance.now();
  let admitted: Admitted;
  try {
    admitted = isOwn(subject) ? await admitOwn(subject, { limit }) : admitTarget(subject, { limit });
  } catch (error) {
    signal.throwIfAborted();
    yield { step: SERVICE, verdict: startFailure(error), duration: performance.now() - began };
    const verdict = skipped(`not tried, because of "${SERVICE.title}"`);
    for (const step of steps) yield { step, verdict, duration: 0 };
    return;
  }
  try {
    signal.throwIfAborted();
    if (isOwn(subject))
      yield { step: SERVICE, verdict: serviceVerdict(admitted.patient, start), duration: performance.now() - began };
    const { patient } = admitted;
    let isFatal = false;
    for await (const tried of runSteps(steps, patient, { signal, limit, end: began + budget })) {
      isFatal ||= tried.verdict.status === 'failed' && tried.verdict.isFatal === true;
      yield tried;
    }
    if (more && !isFatal) yield* more(patient, { signal });
  } finally {
    await admitted.release();
  }
}
