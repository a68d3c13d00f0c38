import type { Attribute } from '../../scim/schema/attribute.ts';
import { type BoundPath, TRAITS, type TypeName } from '../../scim/schema/resource-type.ts';
import type { Dialect } from './dialect.ts';
import { raw, type Sql } from './sql.ts';

/** The column that has an index, and holds a core attribute in the form in which it compares where case does not count. */
export function foldedColumn(type: TypeName, { name }: Attribute): string | undefined {
  if (name === TRAITS[type].naturalKey) return 'r.key';
  return name === 'externalId' ? 'r.external_key' : undefined;
}

/** The column that holds a core attribute in comparable form, where one does. */
export function columnOf(
  { idIn, version }: Pick<Dialect, 'idIn' | 'version'>,
  type: TypeName,
  { extension, attribute, sub }: BoundPath,
): Sql | undefined {
  if (extension !== undefined) return undefined;
  const folded = foldedColumn(type, attribute);
  // Its document has it in the case it came in.
  if (folded !== undefined && !attribute.caseExact) return raw(folded);
  if (attribute.name === 'id') return idIn('r', attribute.caseExact);
  if (attribute.name !== 'meta') return undefined;
  switch (sub?.name) {
    case 'created':
      return raw('r.created');
    case 'lastModified':
      return raw('r.modified');
    case 'version':
      return version;
    default:
      return raw('NULL');
  }
}
