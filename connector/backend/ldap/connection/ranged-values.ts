import { present } from '../directory/filter.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Search } from '../directory/session.ts';
import type { Connection } from './connection.ts';
import type { DecodedEntry, OpenRange } from './entry.ts';
import type { Limits } from './limits.ts';
import { searchFailure, searchOnce } from './paged-search.ts';

/** The values of one attribute from where the server stopped. */
async function complete(
  lease: () => Connection,
  search: Search,
  { dn, attributes }: DecodedEntry,
  { attribute, next }: OpenRange,
  limits: Limits,
): Promise<void> {
  const values = [...(attributes.get(attribute) ?? [])];
  let from: number | undefined = next;
  while (from !== undefined) {
    const part: Search = {
      base: dn,
      scope: 'base',
      filter: present('objectClass'),
      attributes: [`${attribute};range=${from}-*`],
      ...(search.binary ? { binary: search.binary } : {}),
    };
    const connection = lease();
    const page = await searchOnce(connection, part, limits, { sizeLimit: 0 });
    const [found] = page.entries;
    if (page.code !== RESULT.success) throw searchFailure(connection.url, page);
    if (!found)
      throw new LdapFailure(`${connection.url}: an entry disappeared while its values were read`, {
        fault: 'directory-failed',
      });
    for (const value of found.attributes.get(attribute) ?? []) values.push(value);
    const [rest] = found.open;
    if (rest && rest.next <= from)
      throw new LdapFailure(`${connection.url}: the server repeats a range of values`, { fault: 'directory-failed' });
    from = rest?.next;
  }
  attributes.set(attribute, values);
}

/**
 * Fetches the values that a server sends by ranges (MS-ADTS §3.1.1.3.1.3.3), into `entry`.
 * @param lease  the connection, as long as it is ours
 */
export async function completeRanges(
  lease: () => Connection,
  search: Search,
  entry: DecodedEntry,
  limits: Limits,
): Promise<void> {
  for (const range of entry.open) await complete(lease, search, entry, range, limits);
}
