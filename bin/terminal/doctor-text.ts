import { styleText } from 'node:util';
import type { Tried, Verdict } from '../../connector/operations/doctor/step.ts';

const MARKS = {
  ok: ['green', '✓'],
  warning: ['yellow', '!'],
  failed: ['red', '✗'],
  skipped: ['gray', '-'],
} as const satisfies Record<Verdict['status'], readonly [string, string]>;

/** One step that was tried. */
export function tryLine({ step, verdict, duration }: Tried): string {
  const [color, sign] = MARKS[verdict.status];
  return `${styleText(color, sign, { stream: process.stdout })} ${step.title}: ${verdict.text}  ${Math.round(duration)} ms`;
}
