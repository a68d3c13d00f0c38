import { distance } from 'fastest-levenshtein';

/** Where a value came from. */
export type Origin =
  | { readonly from: 'flag'; readonly name: string }
  | { readonly from: 'environment'; readonly name: string }
  | { readonly from: 'file'; readonly file: string; readonly line: number }
  | { readonly from: 'default' };

export function formatOrigin(origin: Origin): string {
  switch (origin.from) {
    case 'flag':
      return `flag ${origin.name}`;
    case 'environment':
      return `environment ${origin.name}`;
    case 'file':
      return `${origin.file}:${origin.line}`;
    case 'default':
      return 'default';
  }
}

export interface Problem {
  readonly origin: Origin;
  readonly path: readonly string[];
  /** What is wrong and how to put it right. Holds no secret. */
  readonly text: string;
}

/** `file:line: path.to.key: what is wrong; fix`, and of a flag `--name: what is wrong; fix`. */
export function formatProblem({ origin, path, text }: Problem): string {
  if (origin.from === 'flag') return `${origin.name}: ${text}`;
  const where = origin.from === 'default' ? '' : `${formatOrigin(origin)}: `;
  return `${where}${path.length > 0 ? `${path.join('.')}: ` : ''}${text}`;
}

/** Everything that is wrong with the configuration, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}

/** The candidate most like `text`, if one is like enough to be a slip of the keys. */
export function closest(text: string, candidates: readonly string[]): string | undefined {
  const near = candidates
    .map((candidate) => ({ candidate, steps: distance(text.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0];
  return near && near.steps <= Math.min(4, Math.max(2, Math.floor(near.candidate.length / 3)))
    ? near.candidate
    : undefined;
}

/** `; did you mean "x"?` or nothing. */
export function suggestion(text: string, candidates: readonly string[]): string {
  const near = closest(text, candidates);
  return near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
}
