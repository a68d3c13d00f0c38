import { present } from './filter.ts';
import { LdapFailure } from './ldap-failure.ts';
import { RESULT } from './result-code.ts';
import type { Entry, Search, Session } from './session.ts';

/** What to ask of one entry. Without a filter any entry will do. */
export type EntrySearch = Pick<Search, 'attributes' | 'binary'> & Partial<Pick<Search, 'filter'>>;

/**
 * The entry at `dn`; `undefined` when there is none that passes the filter, or none that may be seen. LDAP answers a
 * search below nothing with an error.
 */
export async function entryAt(
  session: Session,
  dn: string,
  { filter = present('objectClass'), ...rest }: EntrySearch,
): Promise<Entry | undefined> {
  try {
    const [entry] = await session.search({ base: dn, scope: 'base', filter, ...rest });
    return entry;
  } catch (error) {
    if (error instanceof LdapFailure && error.code === RESULT.noSuchObject) return undefined;
    throw error;
  }
}
