import type { Attribute } from '../../../scim/schema/attribute.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import { type BoundPath, TRAITS, type TypeName } from '../../../scim/schema/resource-type.ts';
import { customAttribute, customSubAttribute } from './custom-source.ts';
import { foldedBy } from './folded.ts';
import { idIn } from './id-in.ts';
import { jsonPath } from './json-path.ts';
import type { Elements, Source } from './source.ts';
import { raw, sql } from './sql.ts';

const ABSENT: Source = { value: raw('NULL') };

/** The column that has an index, and holds a core attribute in the form in which it compares where case does not count. */
export function foldedColumn(type: TypeName, { name }: Attribute): string | undefined {
  if (name === TRAITS[type].naturalKey) return 'r.key';
  return name === 'externalId' ? 'r.external_key' : undefined;
}

/** Columns that hold a core attribute in comparable form. */
function column(type: TypeName, { attribute, sub }: BoundPath): Source | undefined {
  const folded = foldedColumn(type, attribute);
  // Its document has it in the case it came in.
  if (folded !== undefined && !attribute.caseExact) return { value: raw(folded) };
  // Ids are ASCII.
  if (attribute.name === 'id') return { value: raw(idIn('r', attribute.caseExact)) };
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
  const { from, part } = elementsOf(path);
  return {
    from,
    value: part(sub ?? attribute),
    primary: `json_type(${ELEMENT}, '$.primary') IS 'true'`,
    order: 'e.key',
  };
}

/** The CASE keeps json_extract from a value that is no JSON text. */
const ELEMENT = "CASE e.type WHEN 'object' THEN e.value END";

/** The elements of a list that the document holds. */
export const elementsOf = ({ extension, attribute }: BoundPath): Elements => ({
  from: sql`json_each(r.doc, ${jsonPath(...(extension === undefined ? [] : [extension]), attribute.name)}) AS e`,
  part: (target) => foldedBy(target, sql`json_extract(${raw(ELEMENT)}, ${jsonPath(target.name)})`),
});
