import type { Attributes } from '../../connector/scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../connector/scim/schema/names.ts';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';

export const CUSTOM_URN = 'urn:okta:people:1.0:user:custom';
/** Undeclared: any Okta app URN is an open extension. */
export const OPEN_URN = 'urn:okta:other_app:1.0:user';

export const { User, Group } = resourceTypes({
  app: 'people',
  users: [
    { name: 'badge', type: 'integer' },
    { name: 'rate', type: 'decimal' },
    { name: 'hired', type: 'datetime' },
    { name: 'remote', type: 'boolean' },
    { name: 'skills', type: 'list' },
    { name: 'code', type: 'string', caseExact: true },
  ],
  groups: [{ name: 'level', type: 'integer' }],
});

/** Names that break SQL, LIKE, JSON paths, LDAP filters or JavaScript objects, when somebody is careless. */
export const WEIRD_NAMES = ['__proto__', 'constructor', 'toString', "o'neil", 'a%b_c', '$', '[0]', 'Ключ', '#'];

const open = (entries: readonly (readonly [string, unknown])[]): Attributes =>
  Object.fromEntries(entries) as Attributes;

/**
 * A small company in which every rule of comparison finds somebody: case, Unicode, several values, absent ones.
 * No two share a user name; ties elsewhere are wanted.
 */
export const people: readonly Attributes[] = [
  {
    userName: 'bjensen',
    externalId: 'EXT-701',
    name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara' },
    displayName: 'Babs Jensen',
    title: 'Vice President',
    active: true,
    emails: [
      { value: 'bjensen@example.com', type: 'work', primary: true },
      { value: 'babs@jensen.org', type: 'home' },
    ],
    phoneNumbers: [{ value: '555-555-8377', type: 'work' }],
    addresses: [
      { type: 'work', streetAddress: '100 Universal City Plaza\nFloor 2', locality: 'Hollywood', country: 'US' },
      { type: 'home', locality: 'Porto', country: 'PT', primary: true },
    ],
    x509Certificates: [{ value: 'MIIDQzCCAqygAwIBAgICEAAwDQYJ' }],
    [ENTERPRISE_SCHEMA]: { employeeNumber: '701984', department: 'Tour Operations' },
    [CUSTOM_URN]: {
      badge: 7,
      rate: 25.52,
      hired: '2020-02-29T10:00:00+02:00',
      remote: true,
      skills: ['Magic', 'sql'],
      code: 'Abc',
    },
  },
  {
    userName: 'ÅSA.Öberg',
    externalId: 'ext-702',
    name: { familyName: 'Öberg', givenName: 'Åsa' },
    title: 'vice president',
    active: false,
    emails: [{ value: 'ASA@Example.COM', type: 'home' }],
    [ENTERPRISE_SCHEMA]: { employeeNumber: '88', department: 'tour operations' },
    [CUSTOM_URN]: { badge: 70, rate: -1, hired: '2020-02-29T08:00:00Z', remote: false, skills: ['SQL'], code: 'abc' },
    [OPEN_URN]: open([
      ['shoe', 42],
      ['nick', 'Stray'],
      ['vip', true],
      ['tags', ['One', 2, false]],
    ]),
  },
  {
    userName: 'İbrahim',
    name: { familyName: 'Straße', givenName: 'İbrahim' },
    displayName: 'İbrahim Straße',
    title: 'Tour Guide',
    active: true,
    emails: [
      { value: 'ibrahim@example.org', type: 'other' },
      { value: 'zoo@example.org', type: 'work', primary: true },
    ],
    [CUSTOM_URN]: { hired: '2021-12-31T23:59:59.5Z', code: 'ABC' },
    [OPEN_URN]: open([
      ['shoe', '42'],
      ['nick', 'stray'],
      ['vip', 'true'],
      ['desk', { floor: 3, room: 'B' }],
      ...WEIRD_NAMES.map((name) => [name, `found ${name}`] as const),
    ]),
  },
  {
    userName: 'o\'brien"; DROP TABLE resource;--',
    name: { familyName: "O'Brien", formatted: '100% _under_ \\slash' },
    title: '100%',
    preferredLanguage: 'en-US',
    active: true,
    phoneNumbers: [
      { value: '+1-201-555-0123', type: 'mobile' },
      { value: '1', type: 'work' },
    ],
    [CUSTOM_URN]: { badge: 0, remote: false },
    [OPEN_URN]: open([
      ['shoe', 41.5],
      ['desk', [{ floor: 4 }, { floor: 5, primary: true }]],
    ]),
  },
  {
    userName: '𝕏-ray 😀',
    externalId: '😀',
    name: { familyName: 'ﬁ', givenName: '😀' },
    title: '\uffee',
    active: false,
    emails: [{ value: 'x@example.com' }],
    roles: [{ value: 'admin' }, { value: 'Guide' }],
  },
  { userName: 'zed', title: '\u{10ffff}', active: true, emails: [{ value: 'zed@example.com', primary: false }] },
  { userName: 'bare' },
  { userName: 'Jos\u00e9  Mar\u00eda', displayName: 'Jos\u00e9' },
];
