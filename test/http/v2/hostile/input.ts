/** What a client of SCIM 2.0 may send that means no good, or does not know better. */
import fc from 'fast-check';
import { bodies, scalars, texts } from '../../hostile-input.ts';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const CUSTOM = 'urn:okta:onprem_app:1.0:user:custom';
const MESSAGES = 'urn:ietf:params:scim:api:messages:2.0:';
export const PATCH_OP = `${MESSAGES}PatchOp`;
export const SEARCH_REQUEST = `${MESSAGES}SearchRequest`;

/** Attributes, some of which there are. */
const attributes = fc.constantFrom(
  'userName',
  'USERNAME',
  'name',
  'name.givenName',
  'displayName',
  'active',
  'password',
  'emails',
  'emails.value',
  'phoneNumbers.type',
  'addresses.country',
  'members',
  'members.value',
  'groups',
  'roles',
  'id',
  'externalId',
  'meta',
  'meta.resourceType',
  'meta.lastModified',
  'schemas',
  'title',
  'x509Certificates.value',
  ENTERPRISE,
  `${ENTERPRISE}:manager`,
  `${ENTERPRISE}:manager.value`,
  `${ENTERPRISE.toUpperCase()}:Department`,
  `${USER}:userName`,
  `${USER}.userName`,
  `${CUSTOM}:constructor`,
  `${CUSTOM}:__proto__`,
  `${CUSTOM}:a.b`,
  '__proto__',
  'constructor',
  'constructor.prototype',
  'emails.__proto__',
  'hasOwnProperty',
  'a.b.c',
  'emails[0]',
  '',
  ' ',
  '$ref',
);
const operators = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'EQ', 'Ew', 'is');
const literals = fc.constantFrom(
  '"a"',
  '"a@x.org"',
  '"work"',
  '"True"',
  '""',
  '"\\ud800"',
  '"2026-01-01T00:00:00Z"',
  'true',
  'false',
  'null',
  '-5',
  '1e999',
  "'x'",
  'a',
  '"\\u0000"',
  '"%"',
  '"*)(uid=*"',
  '"',
);
const parts = fc.constantFrom('value', 'type', 'primary', 'display', '$ref', 'value.x', 'emails', 'TYPE', '__proto__');
const within = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(parts, operators, literals).map((terms) => terms.join(' ')),
    parts.map((part) => `${part} pr`),
    fc.tuple(tie('filter'), fc.constantFrom(' and ', ' or '), tie('filter')).map((terms) => terms.join('')),
    tie('filter').map((filter) => `not (${filter})`),
  ),
})).filter;
const paths = fc.oneof(
  attributes,
  fc
    .tuple(fc.constantFrom('emails', 'members', 'phoneNumbers', 'groups', 'name', 'userName', 'x'), within)
    .map(([name, filter]) => `${name}[${filter}]`),
  fc
    .tuple(fc.constantFrom('emails', 'members', 'addresses', 'emails '), within, parts)
    .map(([name, filter, part]) => `${name}[${filter}].${part}`),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** The grammar of RFC 7644 §3.4.2.2, with what it has not now and then. */
export const { filter: filters } = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(attributes, operators, literals).map((terms) => terms.join(' ')),
    attributes.map((path) => `${path} pr`),
    paths,
    fc.tuple(tie('filter'), fc.constantFrom(' and ', ' or ', ' AND ', ' '), tie('filter')).map((all) => all.join('')),
    tie('filter').map((filter) => `not (${filter})`),
    tie('filter').map((filter) => `(${filter})`),
  ),
}));

const elements = fc.record(
  {
    value: fc.oneof(fc.constantFrom('a@x.org', 'b@x.org', 'c@x.org', 'nobody'), scalars),
    type: fc.constantFrom('work', 'home', 'User', 'untyped'),
    primary: fc.constantFrom<unknown>(true, false, 'True', 'no'),
    $ref: fc.constantFrom(null, '../Users/1'),
    __proto__: fc.constant('x'),
  },
  { requiredKeys: [] },
);
const values = fc.oneof(
  scalars,
  elements,
  fc.array(elements, { maxLength: 3 }),
  fc.constantFrom<unknown>([], null, 'True', [[]], {}),
  bodies,
  fc.dictionary(
    fc.oneof(attributes, fc.constantFrom('name.familyName', `${ENTERPRISE}:costCenter`)),
    fc.oneof(scalars, elements),
    { maxKeys: 3 },
  ),
);
const verbs = fc.constantFrom('add', 'replace', 'remove', 'Add', 'REPLACE');
const words = fc.constantFrom<unknown>('a', 'a@x.org', 'b@x.org', 'c@x.org', '', null, 7);
const truths = fc.constantFrom<unknown>(true, false, 'True', 'false', null);
const one = fc.record(
  {
    value: fc.constantFrom('a@x.org', 'b@x.org', 'c@x.org'),
    type: fc.constantFrom('work', 'home', 'mobile'),
    primary: truths,
    display: words,
  },
  { requiredKeys: [] },
);
const lists = fc.oneof(one, fc.array(one, { maxLength: 3 }), fc.constantFrom<unknown>([], null));
const chosen = fc
  .tuple(
    fc.constantFrom('emails', 'phoneNumbers'),
    fc.constantFrom(
      'type eq "work"',
      'type eq "home"',
      'value eq "a@x.org"',
      'not (type eq "work")',
      'value ew "x.org" and primary eq true',
      'type pr or value sw "b"',
      'type ne "home"',
    ),
    fc.constantFrom('', '.value', '.type', '.display', '.primary'),
  )
  .map(([name, filter, part]) => `${name}[${filter}]${part}`);
const aimed: fc.Arbitrary<readonly [unknown, unknown]> = fc.oneof(
  fc.tuple(fc.constantFrom('title', 'displayName', 'name.givenName', `${ENTERPRISE}:department`, 'userName'), words),
  fc.tuple(fc.constantFrom('active', 'emails.primary'), truths),
  fc.tuple(fc.constantFrom('emails', 'phoneNumbers', 'members', 'roles'), lists),
  fc.tuple(chosen, fc.oneof(words, one, truths)),
  fc.tuple(
    fc.constantFrom('name', `${ENTERPRISE}:manager`, ENTERPRISE),
    fc.constantFrom<unknown>({ givenName: 'N' }, { value: 'm' }, { department: 'D', costCenter: 'C' }, 'm', '', [{}]),
  ),
  fc.tuple(
    fc.constantFrom(undefined, ''),
    fc.dictionary(
      fc.constantFrom('title', 'nickName', 'name.givenName', 'active', 'emails', 'name', `${ENTERPRISE}:costCenter`),
      fc.oneof(words, lists, truths),
      { maxKeys: 3 },
    ),
  ),
);
/** Such as clients send, more or less. */
const meant = fc
  .tuple(verbs, aimed)
  .map(([op, [path, value]]) => ({ op, ...(path === undefined ? {} : { path }), value }));

const any = fc.record(
  {
    op: fc.oneof({ arbitrary: verbs, weight: 9 }, { arbitrary: scalars, weight: 1 }),
    path: fc.oneof({ arbitrary: paths, weight: 6 }, { arbitrary: scalars, weight: 1 }),
    value: values,
  },
  { requiredKeys: ['op'] },
);
export const operations = fc.oneof({ arbitrary: meant, weight: 3 }, { arbitrary: any, weight: 1 });
export const patches = fc.record(
  {
    schemas: fc.oneof({ arbitrary: fc.constant([PATCH_OP]), weight: 9 }, { arbitrary: scalars, weight: 1 }),
    Operations: fc.array(operations, { maxLength: 4 }),
  },
  { requiredKeys: ['Operations'] },
);
/** Text of a body: a PATCH, or anything else. */
export const contents = fc.oneof(
  patches.map((patch) => JSON.stringify(patch)),
  texts,
);

/** Of a list, by GET or in a body. */
export const questions = fc.record(
  {
    filter: fc.oneof(filters, scalars.map(String)),
    sortBy: attributes,
    sortOrder: fc.constantFrom('ascending', 'descending', 'x'),
    startIndex: fc.constantFrom<unknown>(1, 2, 0, -1, '99999999999999999999', 1.5, 'x'),
    count: fc.constantFrom<unknown>(0, 1, 2, -1, '1e3', 'x'),
    cursor: fc.oneof(fc.constantFrom('', 'x', 'AAAA.BBBB'), fc.base64String()),
    attributes: fc.array(attributes, { maxLength: 3 }),
    excludedAttributes: fc.array(attributes, { maxLength: 3 }),
    __proto__: fc.constant('x'),
  },
  { requiredKeys: [] },
);
