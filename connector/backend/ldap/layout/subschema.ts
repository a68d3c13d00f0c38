import { present } from '../directory/filter.ts';
import { firstText, type RootDse, type Session } from '../directory/session.ts';
import { type ObjectClasses, parseObjectClasses } from './object-classes.ts';
import { parseSchema, type Schema } from './schema.ts';

/** What a server says of the entries it takes. */
export interface Subschema {
  readonly schema: Schema;
  readonly classes: ObjectClasses;
}

/**
 * Reads the subschema (RFC 4512 §4.4) that the root DSE points to; empty where it points to none or it may not be seen.
 */
export async function readSubschema(session: Session, dse: RootDse): Promise<Subschema> {
  const dn = firstText(dse, 'subschemaSubentry');
  const search = {
    scope: 'base',
    filter: present('objectClass'),
    attributes: ['attributeTypes', 'objectClasses'],
  } as const;
  const [entry] = dn === undefined ? [] : await session.search({ base: dn, ...search });
  const definitions = (key: string): string[] => (entry?.attributes.get(key) ?? []).map(String);
  return {
    schema: parseSchema(definitions('attributetypes')),
    classes: parseObjectClasses(definitions('objectclasses')),
  };
}
