import { contrary, joined, type Sql } from './sql.ts';

/** A condition on the row `r` of `resource`, and what it costs. */
export interface Condition extends Sql {
  /** An index finds the few rows it is true for, so their order is worth a sort. */
  readonly indexed: boolean;
  /** It searches a table of its own first: to be evaluated once, not for one chunk of resources after another. */
  readonly costly: boolean;
  /** Of the indexed and the costly: how many ranges and tables are gone through. None where single keys are looked up. */
  readonly ranges: number;
  /** Of the indexed and the costly: what is searched first, before others are looked at. */
  readonly finder: Sql;
  /** The same for whoever looks at one row after another: nothing is searched first. */
  readonly eachRow: Sql;
}

/** More of them cost more than a look at every row. */
const MOST_RANGES = 8;

/** Looked at for one row after another. */
export const perRow = (condition: Sql): Condition => ({
  ...condition,
  indexed: false,
  costly: false,
  ranges: 0,
  finder: condition,
  eachRow: condition,
});

/** One key in an index. */
export const byKey = (condition: Sql): Condition => ({ ...perRow(condition), indexed: true });

/** A part of an index. */
export const byRange = (condition: Sql): Condition => ({ ...byKey(condition), ranges: 1 });

const eachRow = (parts: readonly Condition[], operator: 'AND' | 'OR'): Sql =>
  joined(
    parts.map((part) => part.eachRow),
    operator,
  );

const least = (parts: readonly Condition[]): Condition | undefined => parts.toSorted((a, b) => a.ranges - b.ranges)[0];

/** One part finds the rows, and they are looked at for the others: the part that goes through least. */
export function allOf(parts: readonly Condition[]): Condition {
  const rows = eachRow(parts, 'AND');
  const finder = least(parts.filter(({ indexed }) => indexed)) ?? least(parts.filter(({ costly }) => costly));
  if (!finder) return perRow(rows);
  // What an index has alone may help the planner; what would be searched first for itself does not.
  const looked = parts.map((part) => (part === finder || !part.costly ? part : part.eachRow));
  return { ...finder, ...joined(looked, 'AND'), eachRow: rows };
}

/** Where one part has to look at every row, searching first for the others gains nothing. */
export function anyOf(parts: readonly Condition[]): Condition {
  const rows = eachRow(parts, 'OR');
  const ranges = parts.reduce((sum, part) => sum + part.ranges, 0);
  if (ranges > MOST_RANGES || !parts.every(({ indexed, costly }) => indexed || costly)) return perRow(rows);
  return {
    ...joined(parts, 'OR'),
    indexed: parts.every(({ indexed }) => indexed),
    costly: parts.some(({ costly }) => costly),
    ranges,
    finder: joined(
      parts.map((part) => part.finder),
      'OR',
    ),
    eachRow: rows,
  };
}

/** True for nearly everybody, so that each is looked at. */
export const noneOf = (part: Condition): Condition => perRow(contrary(part.eachRow));
