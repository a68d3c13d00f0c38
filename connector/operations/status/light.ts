import type { Finding } from '../../backend/module/finding.ts';
import type { FailureKind } from '../operation-error.ts';

/** One thing to look at, as it is now. */
export interface Light extends Finding {
  readonly light:
    | 'service'
    | 'agent'
    | 'version'
    | 'backend'
    | 'certificate'
    | 'tokens'
    | 'journal'
    | 'changes'
    | 'connectors';
  /** Absent where it is about all of them. */
  readonly app?: string;
  /** What to type where it is not well: the words after the program's name, or a command of the system. */
  readonly fix?: Fix;
  /** Of a failed one. */
  readonly failure?: FailureKind;
}

/** `ours`: a command of this program, without `--config`. */
export type Fix = { readonly ours: string } | { readonly system: string };

export const ours = (words: string): { readonly fix: Fix } => ({ fix: { ours: words } });
