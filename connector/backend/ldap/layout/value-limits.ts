import type { Filter } from 'ldapts';
import { allOf, equals, present } from '../directory/filter.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { firstText, type Session } from '../directory/session.ts';
import type { Schema } from './schema.ts';

/**
 * How long values may be, by the attribute's lower-case name: `rangeUpper` of Active Directory (MS-ADTS §3.1.1.2.3).
 * Nothing where the account may not read it. Unit: characters.
 */
async function readLimits(session: Session, namingContext: string): Promise<ReadonlyMap<string, number>> {
  const filter = allOf([equals('objectClass', 'attributeSchema'), present('rangeUpper')]) as Filter;
  const attributes = ['lDAPDisplayName', 'rangeUpper', 'attributeSyntax'];
  try {
    const entries = await session.search({ base: namingContext, scope: 'one', filter, attributes });
    return new Map(
      entries
        .filter(({ attributes: found }) => firstText(found, 'attributeSyntax') === UNICODE)
        .map(({ attributes: found }) => [
          (firstText(found, 'lDAPDisplayName') ?? '').toLowerCase(),
          Number(firstText(found, 'rangeUpper')),
        ]),
    );
  } catch (error) {
    if (error instanceof LdapFailure && error.code !== undefined) return new Map();
    throw error;
  }
}

/** String(Unicode): of numbers the range is one of values, of bytes one of bytes. */
const UNICODE = '2.5.5.12';

/** @param namingContext  of the schema; absent where the server has no schema of entries */
export async function withLimits(session: Session, schema: Schema, namingContext: string | undefined): Promise<Schema> {
  if (namingContext === undefined) return schema;
  const limits = await readLimits(session, namingContext);
  return new Map(
    [...schema].map(([name, rules]) => {
      const longest = limits.get(name);
      return [name, longest === undefined ? rules : { ...rules, longest }];
    }),
  );
}
