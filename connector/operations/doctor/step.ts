import type { Patient } from './patient.ts';

/** What a step found. Sentences for the operator; `okta` is what Okta's admin would have seen. */
export type Verdict =
  | { readonly status: 'ok' | 'warning'; readonly text: string; readonly fix?: string }
  | {
      readonly status: 'failed';
      /** What was seen. */
      readonly text: string;
      /** One cause, the likeliest. */
      readonly cause: string;
      /** One thing to do, with its command. */
      readonly fix: string;
      readonly okta?: string;
      /** Nothing after it can be tried: the server cannot be reached, or lets nobody in. */
      readonly isFatal?: true;
    }
  | { readonly status: 'skipped'; readonly text: string };

/** One thing that Okta does, tried against a server. A new one is a file in steps/ and a line in `steps.ts`. */
export interface Step {
  /** Okta's own name of the message, or ours in its style: `downloadUsers`, `wrongToken`. Part of `--json`. */
  readonly name: string;
  /** Where Okta's console does it: "Test Connector Configuration", "Import Users". */
  readonly title: string;
  /** It changes something: only with `--write`. */
  readonly writes?: true;
  /** What it throws is a failure of the step, told in Okta's words. */
  run(patient: Patient): Promise<Verdict>;
}

/** A step that was tried, or was not because of one before it. */
export interface Tried {
  readonly step: Step;
  readonly verdict: Verdict;
  /** Unit: ms. */
  readonly duration: number;
}
