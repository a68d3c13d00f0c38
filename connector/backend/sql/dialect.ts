import type { Comparison, Literal } from '../../scim/filter/ast.ts';
import type { BoundPath, TypeName } from '../../scim/schema/resource-type.ts';
import type { Condition } from './condition.ts';
import type { References } from './references.ts';
import type { Elements } from './source.ts';
import type { Sql } from './sql.ts';

/** A literal in comparable form; or, for `eq` and where a dialect takes lists, texts of which one is meant. */
export type Comparand = Literal | readonly string[];

/** What databases say differently. All of it is seen from the row `r` of `resource`; literals are in comparable form. */
export interface Dialect {
  /** Whether an indexed column has one of many texts, looked up one after another. Absent: it takes no lists. */
  amongKeys?(type: TypeName, column: Sql, values: readonly string[]): Sql;
  /** Whether `left`, in comparable form too, stands in that relation to a literal. */
  comparison(left: Sql, op: Comparison, value: Comparand): Sql;
  /** Its version, as text. */
  readonly version: Sql;
  /** The id in the row called `row`, in comparable form. */
  idIn(row: string, caseExact: boolean): Sql;
  /** Whether it is `id`: by the index, whatever its case, and letter by letter where that counts. */
  hasId(row: string, caseExact: boolean, id: string): Sql;
  /** A comparison of the table that holds `emails.value`, folded. */
  compareEmail(op: Comparison, value: Comparand): Condition;
  /** Whether some value at `path`, which no column and no other resource holds, stands in that relation to a literal. */
  someValue(path: BoundPath, op: Comparison, value: Comparand): Sql;
  /** Whether the document has anything at `path`, whose attributes are all its own. */
  present(path: BoundPath): Sql;
  /** The elements of a list that the document holds. */
  elementsOf(path: BoundPath): Elements;
  /** What a resource is sorted by at `path`, which no column holds: the primary value, be it absent, else the first that is there. */
  firstValue(path: BoundPath): Sql;
  readonly references: References;
}
