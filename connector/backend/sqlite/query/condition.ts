import type { Sql } from './sql.ts';

/** A condition on the row `r` of `resource`, and what it costs. */
export interface Condition extends Sql {
  /** An index finds the few rows it is true for, so their order is worth a sort. */
  readonly indexed: boolean;
  /** It searches a table of its own first: to be evaluated once, not for one chunk of resources after another. */
  readonly costly: boolean;
}

/** Looked at for one row after another. */
export const perRow = (condition: Sql): Condition => ({ ...condition, indexed: false, costly: false });

export const byIndex = (condition: Sql): Condition => ({ ...condition, indexed: true, costly: false });
