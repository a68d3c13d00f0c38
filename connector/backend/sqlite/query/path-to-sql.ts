import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import { type BoundPath, TRAITS, type TypeName } from '../../../scim/schema/resource-type.ts';
import { customAttribute, customSubAttribute } from './custom-source.ts';
import { foldedBy } from './folded.ts';
import { jsonPath } from './json-path.ts';
import type { Source } from './source.ts';
import { raw, sql } from './sql.ts';

const ABSENT: Source = { value: raw('NULL') };

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
  if (extension !== undefined && extension !== ENTERPRISE_SCHEMA)
    return sub ? customSubAttribute(path, sub) : customAttribute(path);
  const known = extension === undefined ? column(type, path) : undefined;
  if (known) return known;
  const names = [...(extension === undefined ? [] : [extension]), attribute.name];
  if (!attribute.multiValued) {
    const path_ = jsonPath(...names, ...(sub ? [sub.name] : []));
    return { value: foldedBy(sub ?? attribute, sql`json_extract(r.doc, ${path_})`) };
  }
  const target = sub ?? attribute;
  // The CASE keeps json_extract from a value that is no JSON text.
  const element = "CASE e.type WHEN 'object' THEN e.value END";
  return {
    from: sql`json_each(r.doc, ${jsonPath(...names)}) AS e`,
    value: foldedBy(target, sql`json_extract(${raw(element)}, ${jsonPath(target.name)})`),
    primary: `json_type(${element}, '$.primary') IS 'true'`,
    order: 'e.key',
  };
}
