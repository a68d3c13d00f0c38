import type { Attribute } from '../../../scim/schema/attribute.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import type { Source } from '../../sql/source.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { foldedBy } from './folded.ts';
import { jsonPath } from './json-path.ts';

const typed = (target: Attribute): Sql =>
  target.type === 'string' && !target.caseExact
    ? raw("CASE e.type WHEN 'text' THEN fold(e.atom) ELSE e.atom END")
    : foldedBy(target, raw('e.atom'));

/**
 * An attribute of an extension that operators shape: a value or a list of them, of whatever type it came with. A
 * text key betrays a complex value, whose sub-attributes json_each would list.
 */
export function customAttribute({ extension = '', attribute }: BoundPath): Source {
  return {
    from: sql`(SELECT type, atom, key FROM json_each(r.doc, ${jsonPath(extension, attribute.name)})
      WHERE typeof(key) <> 'text' AND type NOT IN ('object', 'array')) AS e`,
    value: typed(attribute),
    jsonType: 'e.type',
    order: 'e.key',
  };
}

/** A sub-attribute of an undeclared complex attribute, be it one or a list of them. */
export function customSubAttribute({ extension = '', attribute }: BoundPath, sub: Attribute): Source {
  const scalars = raw("typeof(f.key) <> 'text' AND f.type NOT IN ('object', 'array')");
  const list = sql`SELECT f.type, f.atom, c.key AS a, f.key AS b,
      json_type(CASE c.type WHEN 'object' THEN c.value END, '$.primary') IS 'true' AS main
    FROM json_each(r.doc, ${jsonPath(extension, attribute.name)}) AS c
    LEFT JOIN json_each(CASE c.type WHEN 'object' THEN c.value END, ${jsonPath(sub.name)}) AS f ON ${scalars}
    WHERE typeof(c.key) = 'integer'`;
  const single = sql`SELECT f.type, f.atom, 0, f.key, 0
    FROM json_each(r.doc, ${jsonPath(extension, attribute.name, sub.name)}) AS f WHERE ${scalars}`;
  return {
    from: sql`(${list} UNION ALL ${single}) AS e`,
    value: typed(sub),
    jsonType: 'e.type',
    primary: 'e.main',
    order: 'e.a, e.b',
  };
}
