import type { Attribute } from '../../../scim/schema/attribute.ts';
import type { Extension } from '../../../scim/schema/extension.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import type { Row } from '../mapping/attribute-mapping.ts';
import type { Branch } from './branch.ts';

/** Kept by other means than a row. */
const ELSEWHERE: ReadonlySet<string> = new Set(['active', 'password', 'members', 'groups', 'id', 'meta']);

/** What comes with the value of each element: its label is that of the row. */
const WITH_VALUE: ReadonlySet<string> = new Set(['value', 'type', 'primary']);

function keptParts({ subAttributes, multiValued }: Attribute, rows: readonly Row[]): readonly Attribute[] {
  const named = new Set(rows.flatMap(({ scim }) => (scim?.sub ? [scim.sub.name] : [])));
  const isWhole = rows.some(({ scim }) => scim && !scim.sub);
  return subAttributes.filter(({ name, mutability }) => {
    if (named.has(name) || (!multiValued && mutability === 'readOnly')) return true;
    return multiValued && (name === 'type' || name === 'primary' || (isWhole && WITH_VALUE.has(name)));
  });
}

function keptIn(attributes: readonly Attribute[], rowsOf: (attribute: Attribute) => readonly Row[]): Attribute[] {
  return attributes.flatMap((attribute) => {
    if (ELSEWHERE.has(attribute.name) || attribute.assigned) return [attribute];
    const rows = rowsOf(attribute).filter(({ readable }) => readable);
    if (rows.length === 0) return [];
    const isOurs = rows.every(({ writable }) => writable === 'never');
    const mutability = isOurs ? 'readOnly' : attribute.mutability;
    const parts = keptParts(attribute, rows).map((part) => (isOurs ? { ...part, mutability } : part));
    return [{ ...attribute, mutability, subAttributes: parts }];
  });
}

/** A schema without what the mapping has no place for; what it never writes is read-only. */
export function keptSchema({ table: { rows } }: Branch, type: ResourceType): ResourceType {
  const rowsOf =
    (extension?: Extension) =>
    ({ name }: Attribute): readonly Row[] =>
      rows.filter(({ scim }) => scim?.attribute.name === name && scim.extension?.urn === extension?.urn);
  const extensions = type.extensions.map((extension) => ({
    ...extension,
    attributes: keptIn(extension.attributes, rowsOf(extension)),
  }));
  return {
    ...type,
    attributes: keptIn(type.attributes, rowsOf()),
    // Lines may lead to attributes that nobody declared.
    extensions: extensions.filter(({ urn }) => rows.some(({ scim }) => scim?.extension?.urn === urn)),
  };
}
