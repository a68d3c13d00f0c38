import type { Attribute } from '../../../scim/schema/attribute.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';

/** A document of the row `r`, and how the functions that read it begin. */
export interface Json {
  readonly document: Sql;
  readonly kind: 'json' | 'jsonb';
}

/** As it was written. */
const WRITTEN: Json = { document: raw('r.doc'), kind: 'json' };
/** With all its text folded. */
const FOLDED: Json = { document: raw('r.folded'), kind: 'jsonb' };

/** Whether the values of an attribute compare letter by letter. */
export const isExact = ({ type, caseExact }: Attribute): boolean =>
  type === 'binary' || (type === 'string' && caseExact);

/** The document that holds the values of `target` in comparable form. */
export const jsonOf = (target: Attribute): Json => (isExact(target) ? WRITTEN : FOLDED);

/** What stands under `names`. Names may be a client's: they are parameters, and none of them counts elements of a list. */
export const under = (document: Sql, ...names: readonly string[]): Sql =>
  names.reduce((at, name) => sql`${at} -> ${name}::text`, document);

export const namesOf = ({ extension, attribute }: BoundPath): readonly string[] =>
  extension === undefined ? [attribute.name] : [extension, attribute.name];

/** In the order of code points, whatever the database was made with. */
export const inOrder = (text: Sql): Sql => sql`(${text}) COLLATE "C"`;

/** `value`, a piece of JSON, where it is of that type, as SQL's own; else NULL. */
export function typed(kind: Json['kind'], value: Sql, type: 'string' | 'number' | 'boolean'): Sql {
  const as = {
    string: sql`${value} #>> '{}'`,
    number: sql`(${value})::text::numeric`,
    boolean: sql`(${value})::text::boolean`,
  };
  const own = sql`CASE ${raw(kind)}_typeof(${value}) WHEN ${raw(`'${type}'`)} THEN ${as[type]} END`;
  return type === 'string' ? inOrder(own) : sql`(${own})`;
}

/** What stands under `name` in an object that the schema has checked, in comparable form. NULL when absent. */
export function part(kind: Json['kind'], object: Sql, target: Attribute): Sql {
  switch (target.type) {
    case 'boolean':
      return typed(kind, under(object, target.name), 'boolean');
    case 'decimal':
    case 'integer':
      return typed(kind, under(object, target.name), 'number');
    case 'datetime':
      return sql`scim.instant(${object} ->> ${target.name}::text)`;
    default:
      return inOrder(sql`${object} ->> ${target.name}::text`);
  }
}
