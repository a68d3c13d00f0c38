import type { Finding } from '../../connector/backend/module/finding.ts';
import type { FailureKind } from '../../connector/operations/operation-error.ts';
import { EXIT_CODES } from './ending.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** What was looked at; a failed one says of what kind that is. */
export type Checked = Pick<Finding, 'status'> & { readonly failure?: FailureKind };

/** One kind of failure has its own code, several have a common one; warnings count where that is asked for. */
export function checksExitCode(checks: readonly Checked[], strict: boolean): ExitCode {
  const [code, ...others] = new Set(checks.flatMap(({ failure }) => (failure ? EXIT_CODES[failure] : [])));
  if (code !== undefined) return others.length === 0 ? code : EXIT.failed;
  return strict && checks.some(({ status }) => status === 'warning') ? EXIT.warnings : EXIT.ok;
}
