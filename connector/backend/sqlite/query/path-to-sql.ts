import type { Attribute } from '../../../scim/schema/attribute.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import { type BoundPath, TRAITS, type TypeName } from '../../../scim/schema/resource-type.ts';
import { raw, type Sql, sql } from './sql.ts';

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

const ABSENT: Source = { value: raw('NULL') };

/** `$."name"."sub"`: a JSON string is also how SQLite's paths quote a name. Always bound, never inlined. */
export const jsonPath = (...names: readonly string[]): string =>
  `$${names.map((name) => `.${JSON.stringify(name)}`).join('')}`;

const foldedBy = (target: Attribute, value: Sql): Sql => {
  if (target.type === 'datetime') return sql`instant(${value})`;
  return target.type === 'string' && !target.caseExact ? sql`fold(${value})` : value;
};

/** Columns that hold a core attribute in comparable form. */
function column(type: TypeName, { attribute, sub }: BoundPath): Source | undefined {
  if (attribute.name === TRAITS[type].naturalKey) return { value: raw('r.key') };
  if (attribute.name === 'externalId') return { value: raw('r.external_key') };
  // Ids are ASCII.
  if (attribute.name === 'id') return { value: raw('lower(r.id)') };
  if (attribute.name !== 'meta') return undefined;
  switch (sub?.name) {
    case 'created':
      return { value: raw('r.created') };
    case 'lastModified':
      return { value: raw('r.modified') };
    case 'version':
      return { value: raw('CAST(r.version AS TEXT)') };
    default:
      return ABSENT;
  }
}

/** Source of everything but `members`, `groups` and `manager.displayName`, which other rows know. */
export function sourceOf(type: TypeName, path: BoundPath): Source {
  const { extension, attribute, sub } = path;
  if (extension !== undefined && extension !== ENTERPRISE_SCHEMA) return sub ? openParts(path, sub) : anything(path);
  const known = extension === undefined ? column(type, path) : undefined;
  if (known) return known;
  const names = [...(extension === undefined ? [] : [extension]), attribute.name];
  if (!attribute.multiValued) {
    const path_ = jsonPath(...names, ...(sub ? [sub.name] : []));
    return { value: foldedBy(sub ?? attribute, sql`json_extract(r.doc, ${path_})`) };
  }
  const part = sub ?? attribute;
  // The CASE keeps json_extract from a value that is no JSON text.
  const element = "CASE e.type WHEN 'object' THEN e.value END";
  return {
    from: sql`json_each(r.doc, ${jsonPath(...names)}) AS e`,
    value: foldedBy(part, sql`json_extract(${raw(element)}, ${jsonPath(part.name)})`),
    primary: `json_type(${element}, '$.primary') IS 'true'`,
    order: 'e.key',
  };
}

const typed = (target: Attribute): Sql =>
  target.type === 'string' && !target.caseExact
    ? raw("CASE e.type WHEN 'text' THEN fold(e.atom) ELSE e.atom END")
    : foldedBy(target, raw('e.atom'));

/**
 * An attribute of an extension that operators shape: a value or a list of them, of whatever type it came with. A
 * text key betrays a complex value, whose parts json_each would list.
 */
function anything({ extension = '', attribute }: BoundPath): Source {
  return {
    from: sql`(SELECT type, atom, key FROM json_each(r.doc, ${jsonPath(extension, attribute.name)})
      WHERE typeof(key) <> 'text' AND type NOT IN ('object', 'array')) AS e`,
    value: typed(attribute),
    jsonType: 'e.type',
    order: 'e.key',
  };
}

/** A part of an undeclared complex attribute, be it one or a list of them. */
function openParts({ extension = '', attribute }: BoundPath, sub: Attribute): Source {
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
