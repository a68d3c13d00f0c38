import { ok, type Verdict, warning } from './step.ts';

/** Green, or yellow with the first of what was found. @param text  when nothing was found */
export function verdictWith(findings: readonly string[], text: string): Verdict {
  const [first, ...others] = new Set(findings);
  if (first === undefined) return ok(text);
  return warning(`${text}; ${first}${others.length === 0 ? '' : `, and ${others.length} more`}`);
}
