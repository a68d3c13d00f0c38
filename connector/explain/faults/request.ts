import type { RequestFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const ADMIN = "Okta's administrator";
const CONFIGURATION = "the connector's configuration";

/** Whoever sends this is no agent of Okta's: it sends none of it. */
const ANOTHER_CLIENT =
  "Okta's agent sends nothing of the kind. Look who calls: the log line with the reference has the address.";

export const REQUEST_FAULTS: Faults<RequestFault> = {
  'format-not-offered': {
    title: 'An answer in another format was asked for',
    meaning: 'The connector answers in JSON. XML is not supported.',
    whose: ADMIN,
    fix: [ANOTHER_CLIENT],
    retry: 'after the fix',
    example: 'XML is not supported; ask for JSON',
    patterns: [/XML( and other formats)? (is|are) not supported/],
  },
  'filter-invalid': {
    title: 'People are looked up by something that cannot be looked up',
    meaning:
      'Before Okta makes or links an account it asks whether it is there. The question names an attribute that does not exist, or cannot be compared so.',
    whose: ADMIN,
    fix: [
      'In Okta: the app > Provisioning > Integration, set "Unique user field name" to userName. Test, then Save.',
      'How a filter is answered, and what it costs:',
      { run: ['scim-connector explain filter \'userName eq "jdoe"\''] },
    ],
    retry: 'after the fix',
    example: 'filter: User has no attribute "login"',
    patterns: [
      /^filter is not possible here/,
      /^(SQLite: |LDAP: )?(filter|meta\.location): /,
      /is complex; name a part of it/,
      /cannot be searched or sorted by/,
      /filter: (?!write|.* is not an LDAP)/,
    ],
  },
  'paging-invalid': {
    title: 'A page was asked for that cannot be',
    meaning:
      'startIndex and count must be whole numbers, count not below zero. A page is asked for by its startIndex or by a cursor, not by both.',
    whose: ADMIN,
    fix: [ANOTHER_CLIENT],
    retry: 'no',
    example: 'count must not be negative',
    patterns: [
      /count must not be negative/,
      /(startIndex|count) must be a whole number/,
      /startIndex and cursor exclude each other/,
      /resources are more than the \S+ of a page/,
    ],
  },
  'cursor-invalid': {
    title: 'A list cannot be gone on with from there',
    meaning:
      'A cursor (RFC 9865) goes on with the list that it came from: same app and endpoint, same filter, order, attributes and count. This one was changed on its way, belongs to another list, or was made with another key: by a connector that does not share [server] cursor_key with this one, or before the state folder was made anew.',
    whose: ADMIN,
    fix: [
      ANOTHER_CLIENT,
      'Begin the list again with an empty cursor.',
      'If several connectors answer behind one address, set the same [server] cursor_key in all of them.',
    ],
    retry: 'no',
    example:
      'cursor: it does not belong to this list; send it with the parameters it came with, or begin with an empty one',
    patterns: [/cursor: (this list has|it does not belong)/, /count must be .+; or begin again/],
  },
  'cursor-expired': {
    title: 'A list was left for too long',
    meaning: 'A cursor is good for an hour after its page. Whoever goes on later begins again.',
    whose: ADMIN,
    fix: [ANOTHER_CLIENT, 'Begin the list again with an empty cursor.'],
    retry: 'no',
    example: 'cursor: it is older than an hour; begin again with an empty cursor',
    patterns: [/cursor: it is older/],
  },
  'sort-invalid': {
    title: 'A list cannot be sorted so',
    meaning: 'sortBy names no attribute, or sortOrder is neither ascending nor descending.',
    whose: ADMIN,
    fix: [ANOTHER_CLIENT],
    retry: 'no',
    example: 'sortOrder must be ascending or descending, found "up"',
    patterns: [/sortOrder must be/, /sortBy: (?!is switched)/],
  },
  'header-invalid': {
    title: 'A header of the request makes no sense',
    meaning: 'A header is there twice, is missing, or has a value that cannot be read.',
    whose: ADMIN,
    fix: [ANOTHER_CLIENT, 'A proxy in between may have added the header a second time.'],
    retry: 'after the fix',
    example: 'the request has the header Authorization more than once; send it once',
    patterns: [
      /the request has the header/,
      /has no Host header/,
      /must be \* or a list of versions/,
      /X-HTTP-Method-Override/,
    ],
  },
  'url-invalid': {
    title: 'The address of the request cannot be read',
    meaning: 'The URL holds bytes that are no text, or the request is no HTTP at all.',
    whose: ADMIN,
    fix: [ANOTHER_CLIENT],
    retry: 'no',
    example: 'the URL of the request is not valid',
    patterns: [/URL of the request is not valid/, /request is not valid HTTP/],
  },
  'path-unknown': {
    title: 'There is nothing at the address that Okta calls',
    meaning: 'The base URL in Okta leads to the connector, but not to one of its apps.',
    whose: ADMIN,
    fix: [
      'This prints the base URL, to be pasted in Okta under the app > Provisioning > Integration:',
      { run: ['scim-connector okta sheet'] },
      'Test Connector Configuration, then Save.',
    ],
    retry: 'after the fix',
    example: 'there is nothing at this path; the base URL ends in /scim/v1/ or /scim/v2/',
    patterns: [
      /there is nothing at this path/,
      /there is no such endpoint/,
      /"…" not found; there are/,
      /(Schema|ResourceType) .*not found; there are/,
      /unknown endpoint/i,
    ],
  },
  'base-url-version': {
    title: 'The base URL in Okta names another version of SCIM',
    meaning:
      'The base URL says which version of SCIM is spoken: /v1/ is SCIM 1.1, /v2/ SCIM 2.0. This app is not served in the one that was asked for (versions in [apps.NAME]).',
    whose: ADMIN,
    fix: [
      'This prints the base URL, to be pasted in Okta under the app > Provisioning > Integration:',
      { run: ['scim-connector okta sheet'] },
      'Test Connector Configuration, then Save.',
    ],
    retry: 'after the fix',
    example: 'this connector speaks SCIM 1.1: use /scim/v1/ in the base URL',
    patterns: [/this connector speaks .*use .* in the base URL/],
  },
  'method-not-allowed': {
    title: 'This cannot be done at this address',
    meaning: 'The address exists, and the request wants something else of it than it offers.',
    whose: ADMIN,
    fix: [ANOTHER_CLIENT],
    retry: 'no',
    example: 'PATCH is not allowed here; allowed: GET, PUT',
    patterns: [/is not allowed here; allowed/, /is not one of POST, PUT/],
  },
  'feature-off': {
    title: 'A feature is switched off, or this store does not have it',
    meaning:
      'The connector was configured without what the request asks for, or its database or directory cannot do it.',
    whose: CONFIGURATION,
    fix: [
      'See what is offered and why, switch it on under [apps.NAME.features], and restart:',
      { run: ['scim-connector okta capabilities'] },
      'Okta asks for capabilities only then: in the app > Provisioning, Test Connector Configuration and Save again.',
    ],
    retry: 'after the fix',
    example: 'PATCH is switched off; use PUT',
    patterns: [
      /is switched off/,
      /is not possible with this backend/,
      /\/Me is not supported/,
      /is not offered here yet/,
      /is open for reading only/,
    ],
  },
  'web-page-refused': {
    title: 'A web page may not call the connector',
    meaning:
      'The connector asks for no credential (auth.method = "none"), so that every page in a browser on its host could reach it. Such calls are refused.',
    whose: CONFIGURATION,
    fix: [
      'Let it ask for a credential: auth.method = "header", then make a token:',
      { run: ['scim-connector token add okta'] },
    ],
    retry: 'after the fix',
    example: 'web pages may not call a connector that asks for no credential (auth.method = none)',
    patterns: [/web pages may not call/],
  },
};
