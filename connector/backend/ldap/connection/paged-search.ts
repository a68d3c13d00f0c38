import { PagedResultsControl, SearchResponse } from 'ldapts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT, resultName } from '../directory/result-code.ts';
import type { Search } from '../directory/session.ts';
import type { Connection } from './connection.ts';
import { type DecodedEntry, EntryMessage } from './entry.ts';
import type { Limits } from './limits.ts';
import { SearchMessage } from './search-message.ts';

/** Pages without entries in a row, each with a cookie: filters and access rules may hide that many, not more. */
const MOST_EMPTY_PAGES = 10_000;

export interface SearchLimits extends Limits {
  /** Entries in one page. */
  readonly pageSize: number;
}

export interface RawPage {
  readonly entries: readonly DecodedEntry[];
  readonly code: number;
  readonly diagnostic: string;
  readonly cookie: Buffer | undefined;
  readonly isPaged: boolean;
}

interface Portion {
  /** 0: as many as there are. */
  readonly sizeLimit: number;
  readonly paging?: { readonly size: number; readonly cookie?: Buffer };
}

/** One search request and its whole answer, whatever the result code is. */
export async function searchOnce(
  connection: Connection,
  search: Search,
  limits: Limits,
  portion: Portion,
): Promise<RawPage> {
  const { sizeLimit, paging } = portion;
  const response = await connection.request(
    (messageId) =>
      new SearchMessage({
        messageId,
        search,
        sizeLimit,
        controls: paging ? [new PagedResultsControl({ critical: true, value: paging })] : [],
      }),
    limits,
  );
  if (!(response instanceof SearchResponse))
    throw new LdapFailure(`${connection.url}: a search was answered with something else`, {
      fault: 'directory-failed',
    });
  const control = response.controls?.find((one) => one instanceof PagedResultsControl);
  const cookie = control?.value?.cookie;
  return {
    entries: response.searchEntries.map((message) => {
      if (message instanceof EntryMessage) return message.decoded;
      throw new LdapFailure(`${connection.url}: an entry came without its search`, { fault: 'directory-failed' });
    }),
    code: response.status,
    diagnostic: response.errorMessage,
    cookie: cookie && cookie.length > 0 ? Buffer.from(cookie) : undefined,
    isPaged: control !== undefined,
  };
}

const LIMIT_HINTS: Readonly<Record<number, string>> = {
  [RESULT.timeLimitExceeded]: "; raise the service account's time limit",
  [RESULT.sizeLimitExceeded]: "; raise the service account's limit for paged searches",
  [RESULT.adminLimitExceeded]: "; raise the service account's look-through limit or page size",
};

export const searchFailure = (url: string, { code, diagnostic }: Pick<RawPage, 'code' | 'diagnostic'>): LdapFailure =>
  new LdapFailure(`${url}: the search failed: ${resultName(code)}${LIMIT_HINTS[code] ?? ''}`, { code, diagnostic });

export const exceedsLimit = (code: number): boolean =>
  code === RESULT.sizeLimitExceeded || code === RESULT.adminLimitExceeded;

/**
 * All pages of a search (RFC 2696), by a loop of our own: ldapts' ends at the first empty page, and a server may send
 * one in the middle. The result is complete or an error.
 */
export async function* rawPages(connection: Connection, search: Search, limits: SearchLimits): AsyncGenerator<RawPage> {
  let size = limits.pageSize;
  let cookie: Buffer | undefined;
  let started = false;
  let empty = 0;
  do {
    const page = await searchOnce(connection, search, limits, {
      sizeLimit: 0,
      paging: { size, ...(cookie ? { cookie } : {}) },
    });
    // OpenLDAP's size.pr and AD's MaxPageSize refuse larger pages than they allow.
    if (page.code === RESULT.adminLimitExceeded && !started && size > limits.pageSize / 8 && size > 1) {
      size = Math.ceil(size / 2);
      continue;
    }
    if (page.code !== RESULT.success) throw searchFailure(connection.url, page);
    if (!page.isPaged)
      throw new LdapFailure(`${connection.url}: the server ignored paging; the list may be cut short`, {
        fault: 'directory-failed',
      });
    empty = page.entries.length === 0 ? empty + 1 : 0;
    if (empty > MOST_EMPTY_PAGES)
      throw new LdapFailure(`${connection.url}: the server sends empty pages without end`, {
        fault: 'directory-failed',
      });
    started = true;
    cookie = page.cookie;
    yield page;
  } while (cookie || !started);
}
