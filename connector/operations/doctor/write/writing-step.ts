import { type Step, skipped, type Verdict } from '../step.ts';
import type { Writing } from './writing.ts';

/** A step that changes something. A new one is a file in steps/ and a line in `writing-steps.ts`. */
export interface WritingStep extends Pick<Step, 'name' | 'title'> {
  /** Okta's name of what the server has to offer for it. */
  readonly needs: string;
  run(writing: Writing): Promise<Verdict>;
}

/** As the examination runs them: each asks first whether the server offers it. */
export const stepsOf = (steps: readonly WritingStep[], writing: Writing): readonly Step[] =>
  steps.map((step) => ({
    name: step.name,
    title: step.title,
    writes: true,
    run: async () =>
      writing.offers(step.needs) ? writing.occupied(step.run(writing)) : skipped(`not offered: ${step.needs}`),
  }));

/** What it needs was not made, and why has been told. */
export const without = (what: string): Verdict => skipped(`not tried: there is no ${what}`);
