import type { Examination } from '../examine.ts';
import type { OwnServer, Target } from '../patient.ts';
import { runCleaning, runWriting, tellLeftOver } from './run-writing.ts';
import { shelfOf } from './shelf.ts';

export interface WritingChoice {
  readonly write?: boolean | undefined;
  /** Nothing else is done. */
  readonly clean?: boolean | undefined;
  readonly emailDomain?: string | undefined;
}

/** What an examination does beside the steps that only read. Without a choice it changes nothing. */
export function writingPlan(
  subject: OwnServer | Target,
  { write, clean, emailDomain }: WritingChoice,
): Pick<Examination, 'steps' | 'more'> {
  const shelf = shelfOf(subject);
  if (clean) return { steps: [], more: (patient, { signal }) => runCleaning({ patient, shelf, signal }) };
  if (!write) return { more: () => tellLeftOver(shelf) };
  const domain = emailDomain === undefined ? {} : { emailDomain };
  return { more: (patient, { signal }) => runWriting({ patient, shelf, signal, ...domain }) };
}
