import type { Patient } from './patient.ts';

/** What a step found. Sentences for the operator, without the body of a reply. */
export type Verdict =
  | {
      readonly status: 'ok' | 'warning';
      readonly text: string;
      /** One thing to do about a warning. */
      readonly fix?: string;
      /** To copy: as in `failed`. */
      readonly command?: string;
    }
  | {
      readonly status: 'failed';
      /** What was seen. */
      readonly text: string;
      /** One cause, the likeliest. */
      readonly cause: string;
      /** One thing to do, in a sentence. */
      readonly fix: string;
      /** To copy, on a line of its own. Begins with `scim-connector` where it is one of ours; `--config` is added there. */
      readonly command?: string;
      /** What Okta's admin would have seen. */
      readonly okta?: string;
      /** Nothing after it can be tried: the server cannot be reached, or lets nobody in. */
      readonly isFatal?: true;
    }
  | { readonly status: 'skipped'; readonly text: string };

export type Failed = Extract<Verdict, { readonly status: 'failed' }>;

/** One thing that Okta does, tried against a server. A new one is a file in steps/ and a line in `steps.ts`. */
export interface Step {
  /** Okta's own name of the message, or ours in its style: `downloadUsers`, `wrongToken`. Part of `--json`. */
  readonly name: string;
  /** Where Okta's console does it: "Test Connector Configuration", "Import Users". */
  readonly title: string;
  /** It changes something: only with `--write`. */
  readonly writes?: true;
  /** Longest it may take; else that of the examination. Unit: ms. */
  readonly limit?: number;
  /** What it throws is a failure of the step, told in Okta's words. */
  run(patient: Patient): Promise<Verdict>;
}

/** A step that was tried, or was not because of one before it. */
export interface Tried {
  readonly step: Pick<Step, 'name' | 'title' | 'writes'>;
  readonly verdict: Verdict;
  /** Unit: ms. */
  readonly duration: number;
}

export const ok = (text: string): Verdict => ({ status: 'ok', text });
export const warning = (text: string, fix?: string, command?: string): Verdict => ({
  status: 'warning',
  text,
  ...(fix === undefined ? {} : { fix }),
  ...(command === undefined ? {} : { command }),
});
export const skipped = (text: string): Verdict => ({ status: 'skipped', text });
export const failed = (told: Omit<Failed, 'status'>): Failed => ({ status: 'failed', ...told });

/** A step ends with this verdict, from wherever in it. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  readonly verdict: Failed;

  constructor(verdict: Failed) {
    super(verdict.text);
    this.verdict = verdict;
  }
}
