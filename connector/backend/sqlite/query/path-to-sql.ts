import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import type { Elements, Source } from '../../sql/source.ts';
import { raw, sql } from '../../sql/sql.ts';
import { customAttribute, customSubAttribute } from './custom-source.ts';
import { foldedBy } from './folded.ts';
import { jsonPath } from './json-path.ts';

/** Source of all that a document holds. */
export function sourceOf(path: BoundPath): Source {
  const { extension, attribute, sub } = path;
  if (extension !== undefined && extension !== ENTERPRISE_SCHEMA)
    return sub ? customSubAttribute(path, sub) : customAttribute(path);
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
