import type { Attribute } from '../../scim/schema/attribute.ts';
import { type Sql, sql } from './sql.ts';

/**
 * Where the values of a path are found, seen from the row `r` of `resource`. Without `from` there is at most one,
 * the `value` itself; with it there is one per row of `from`.
 */
export interface Source {
  /** Comparable: text folded unless case-exact, datetimes as ms, booleans as 1 and 0. NULL when absent. */
  readonly value: Sql;
  /** JSON type of the value, where the schema does not settle it. */
  readonly jsonType?: string;
  readonly from?: Sql;
  /** Which row of `from` counts when sorting, and in which order the others do. */
  readonly primary?: string;
  readonly order?: string;
}

/** The elements of a list, seen from the row `r` of `resource`: a row of `from` each. */
export interface Elements {
  readonly from: Sql;
  /** A part of an element, in comparable form. NULL when absent. */
  part(attribute: Attribute): Sql;
  /** Whether an element leads to the resource `id`, without a look at the others. */
  leadsTo?(value: Attribute, id: string): Sql;
}

/** A condition that some value of `source` passes `test`. */
export const some = ({ from }: Pick<Source, 'from'>, test: Sql): Sql =>
  from ? sql`EXISTS (SELECT 1 FROM ${from} WHERE ${test})` : test;
