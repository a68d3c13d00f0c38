import type { Patient } from './patient.ts';
import type { Step, Tried, Verdict } from './step.ts';

async function verdictOf(step: Step, patient: Patient): Promise<Verdict> {
  const before = patient.agent.findings.length;
  try {
    const verdict = await step.run(patient);
    const [finding, ...more] = patient.agent.findings.slice(before);
    if (verdict.status !== 'ok' || finding === undefined) return verdict;
    const others = more.length === 0 ? '' : `, and ${more.length} more`;
    return { status: 'warning', text: `${finding}${others}` };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { status: 'failed', text, cause: 'the server did not do what Okta needs', fix: 'see its log', okta: text };
  }
}

/** Tries one step after the other; what follows a fatal one is skipped. Each is told as soon as it is over. */
export async function* runSteps(steps: readonly Step[], patient: Patient, signal: AbortSignal): AsyncGenerator<Tried> {
  let fatal: string | undefined;
  for (const step of steps) {
    signal.throwIfAborted();
    const began = performance.now();
    const verdict: Verdict =
      fatal === undefined
        ? await verdictOf(step, patient)
        : { status: 'skipped', text: `not tried, because of "${fatal}"` };
    if (verdict.status === 'failed' && verdict.isFatal) fatal = step.title;
    yield { step, verdict, duration: performance.now() - began };
  }
}
