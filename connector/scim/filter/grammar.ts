/** What a version of SCIM lets a filter say, and how much of it. */
export interface Grammar {
  /** Words that compare with a value. `ne` is read as `not` of `eq`. */
  readonly comparisons: ReadonlySet<string>;
  /** For whoever used another: "use eq, … or le". */
  readonly use: string;
  /** `not (…)`. */
  readonly negation: boolean;
  /** `emails[type eq "work"]`. */
  readonly brackets: boolean;
  /** `title eq null`. */
  readonly nullLiteral: boolean;
  /** Unit: characters. */
  readonly maxLength: number;
  /** Parentheses and brackets within one another. */
  readonly maxDepth: number;
  /** Comparisons and `pr`. */
  readonly maxTerms: number;
}

/** SCIM 1.1 API §3.2.2.1. */
export const SCIM11: Grammar = {
  comparisons: new Set(['eq', 'co', 'sw', 'gt', 'ge', 'lt', 'le']),
  use: 'use eq, co, sw, pr, gt, ge, lt or le',
  negation: false,
  brackets: false,
  nullLiteral: false,
  maxLength: 16_384,
  maxDepth: 50,
  maxTerms: Number.POSITIVE_INFINITY,
};

/** RFC 7644 §3.4.2.2. */
export const SCIM20: Grammar = {
  comparisons: new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']),
  use: 'use eq, ne, co, sw, ew, pr, gt, ge, lt or le',
  negation: true,
  brackets: true,
  nullLiteral: true,
  maxLength: 8192,
  maxDepth: 32,
  maxTerms: 200,
};
