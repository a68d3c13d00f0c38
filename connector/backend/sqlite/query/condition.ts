import { contrary, joined, type Sql } from './sql.ts';

/** A condition on the row `r` of `resource`, and what it costs. */
export interface Condition extends Sql {
  /** An index finds the few rows it is true for, so their order is worth a sort. */
  readonly indexed: boolean;
  /** It searches a table of its own first: to be evaluated once, not for one chunk of resources after another. */
  readonly costly: boolean;
  /** The same for whoever looks at one row after another: nothing is searched first. */
  readonly eachRow: Sql;
}

/** Looked at for one row after another. */
export const perRow = (condition: Sql): Condition => ({
  ...condition,
  indexed: false,
  costly: false,
  eachRow: condition,
});

export const byIndex = (condition: Sql): Condition => ({
  ...condition,
  indexed: true,
  costly: false,
  eachRow: condition,
});

const costly = (parts: readonly Condition[]): boolean => parts.some((part) => part.costly);
const eachRow = (parts: readonly Condition[], operator: 'AND' | 'OR'): Sql =>
  joined(
    parts.map((part) => part.eachRow),
    operator,
  );

/** One part finds the rows, the others are looked at. */
export const allOf = (parts: readonly Condition[]): Condition => ({
  ...joined(parts, 'AND'),
  indexed: parts.some(({ indexed }) => indexed),
  costly: costly(parts),
  eachRow: eachRow(parts, 'AND'),
});

/** Where one part has to look at every row, searching first for the others gains nothing. */
export function anyOf(parts: readonly Condition[]): Condition {
  const rows = eachRow(parts, 'OR');
  if (!parts.every((part) => part.indexed || part.costly)) return perRow(rows);
  return {
    ...joined(parts, 'OR'),
    indexed: parts.every(({ indexed }) => indexed),
    costly: costly(parts),
    eachRow: rows,
  };
}

/** True for nearly everybody, so that each is looked at. */
export const noneOf = (part: Condition): Condition => perRow(contrary(part.eachRow));
