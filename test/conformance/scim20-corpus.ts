import type { Ability } from './abilities.ts';
import { CUSTOM_URN, OPEN_URN } from './people.ts';

const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';

/** A filter that only SCIM 2.0 can say, and what comes of it. */
export interface Scim20Filter {
  readonly text: string;
  /** What a store must be able to, so that it finds somebody. */
  readonly need?: Ability;
  readonly findsNobody?: true;
  /** Whether it finds somebody is the mapping's business. */
  readonly depends?: true;
}

const finding = (...texts: readonly string[]): readonly Scim20Filter[] => texts.map((text) => ({ text }));
const needing = (need: Ability, ...texts: readonly string[]): readonly Scim20Filter[] =>
  texts.map((text) => ({ text, need }));
const depending = (...texts: readonly string[]): readonly Scim20Filter[] =>
  texts.map((text) => ({ text, depends: true }));
const nobody = (...texts: readonly string[]): readonly Scim20Filter[] =>
  texts.map((text) => ({ text, findsNobody: true }));

/** As `userFilters`, in the grammar of RFC 7644 §3.4.2.2. */
export const userFilters20: readonly Scim20Filter[] = [
  ...finding(
    'userName ew "ED"',
    'userName ew "e\u0301 MARI\u0301A "',
    'userName ew ""',
    'title ew "guide"',
    'title ew "%"',
    'emails ew "EXAMPLE.com"',
    'externalId ew "701"',
    'id ew "$0"',
    'groups.display ew "ING"',
    'meta.location ew "$0"',
    'userName ne "bjensen"',
    'title ne "tour guide"',
    'emails ne "babs@jensen.org"',
    'emails.type ne "work"',
    'active ne true',
    'active ne false',
    'id ne "$0"',
    'meta.created ne "2000-01-01T00:00:00Z"',
    'groups ne "$G"',
    'groups.type ne "direct"',
    'title eq null',
    'title ne null',
    'emails eq null',
    'name ne null',
    'groups eq null',
    'groups ne null',
    'not (title pr)',
    'not (not (userName eq "bjensen"))',
    'not (title pr or emails pr)',
    'not (title pr and emails pr)',
    'not (userName sw "b") and active eq true',
    'not (active eq true) or userName eq "zed"',
    'not (title gt "vice president")',
    'not (title co "")',
    'not (meta.lastModified gt "2999-01-01T00:00:00Z")',
    'not (meta.lastModified lt "2000-01-01T00:00:00Z")',
    `not (${ENTERPRISE}:department eq "tour operations")`,
    `not (${ENTERPRISE}:manager.managerId eq "$0")`,
    `not (${ENTERPRISE}:manager.displayName pr)`,
    `${ENTERPRISE}:manager[displayName eq "babs jensen"]`,
    `not (${CUSTOM_URN}:badge gt 7)`,
    `${CUSTOM_URN}:badge ne 7`,
    `${CUSTOM_URN}:rate ne 25.52`,
    `${CUSTOM_URN}:hired ne "2020-02-29T08:00:00Z"`,
    `not (${CUSTOM_URN}:hired ge "2020-02-29T08:00:00Z")`,
    `${CUSTOM_URN}:remote ne true`,
    `${CUSTOM_URN}:remote ne false`,
    `${CUSTOM_URN}:remote eq null`,
    `${CUSTOM_URN}:skills ne "sql"`,
    `${CUSTOM_URN}:skills ew "GIC"`,
    `${CUSTOM_URN}:code ew "bc"`,
    `${CUSTOM_URN}:code ne "abc"`,
    `${OPEN_URN}:shoe ne 42`,
    `not (${OPEN_URN}:vip eq true)`,
    `${OPEN_URN}:nick eq null`,
    'emails[value ew "JENSEN.org"]',
    'emails[value co "@" and not (value co "example")]',
    'not (emails[value co "@" and not (value co "example")])',
    'emails[not (value sw "b")]',
    'emails[value pr and primary ne true]',
    'emails[display eq null]',
    'name[familyName eq "jensen" and givenName sw "B"]',
    'name[familyName ne "jensen"]',
    'meta[created gt "2000-01-01T00:00:00Z" and lastModified pr]',
    'phoneNumbers[value sw "+1" or value eq "1"]',
    'phoneNumbers[value ew "23"]',
    'phoneNumbers co "-"',
    'phoneNumbers[value co "-" and value ew "-0123"]',
    'groups[value eq "$G" and type eq "direct"]',
    'groups[display co "e" and type eq "indirect"]',
    'groups[not (type eq "direct")]',
    'not (groups[value eq "$G" and type eq "direct"])',
    'groups[display sw "eng"].value eq "$G"',
    'emails[value eq "x@example.com" or value eq "zed@example.com"]',
    'emails[value sw "x"].value ne "x@example.com"',
  ),
  ...needing(
    'labels',
    'emails[type eq "WORK" and value eq "bjensen@EXAMPLE.com"]',
    'emails[type eq "work"].value eq "bjensen@example.com"',
    'emails[type eq "home" and value ew "jensen.org"]',
    'emails[primary eq true and type eq "work"]',
    'emails[type eq "work" and not (primary eq true)] or emails[type eq "home" and primary ne true]',
    'not (emails[type eq "work" and value co "jensen"]) and emails.type eq "work"',
  ),
  ...needing(
    'every attribute',
    'addresses[type eq "home" and country eq "pt"]',
    'x509Certificates[value ne "MIIDQzCCAqygAwIBAgICEAAwDQYJ" and display pr] or x509Certificates[value eq "MIIDQzCCAqygAwIBAgICEAAwDQYJ" and type eq null]',
  ),
  ...needing('milliseconds', `not (${CUSTOM_URN}:hired lt "2021-12-31T23:59:59.500Z") and ${CUSTOM_URN}:hired pr`),
  ...depending(
    'name eq null',
    'emails[type ne "work" and value co "jensen"]',
    'phoneNumbers[type eq "mobile" and value sw "+1"]',
    'addresses[type eq "work" and locality ew "WOOD" and not (postalCode pr)]',
  ),
  ...nobody(
    'userName ne "x" and userName eq "bare" and title ne null',
    'not (id pr)',
    'emails[type eq "home" and value eq "bjensen@example.com"]',
    'addresses[type eq "work" and country eq "PT"]',
    'not (active eq true or active ne true)',
  ),
];

/** As `groupFilters`. */
export const groupFilters20: readonly Scim20Filter[] = [
  ...finding(
    'displayName ew "ING"',
    'displayName ne "engineering"',
    'members[value eq "$0"]',
    'members[value eq "$0" and type eq "user"]',
    'members[type eq "Group" and not (value eq "$0")]',
    'members[display co "babs" and type eq "User"]',
    'members[value ne "$0"]',
    'not (members[value eq "$0"])',
    'members ne "$0"',
    'members eq null',
    'members ne null',
    'id eq "$G" and members eq "$0"',
    'id eq "$G" and members[value eq "$0"]',
    'displayName eq "engineering" and members[value eq "$0"]',
    'not (id eq "$G") and members eq "$0"',
  ),
  ...nobody('members[value eq "$0" and type eq "Group"]'),
];

/** In a view that compares identifiers letter by letter. */
export const exactFilters: Readonly<Record<'users' | 'groups', readonly Scim20Filter[]>> = {
  users: [
    ...finding(
      'externalId eq "EXT-701"',
      'externalId ne "ext-701"',
      'externalId sw "EXT"',
      'externalId ew "T-701"',
      'externalId co "XT-"',
      'externalId gt "EXT-701"',
      'externalId le "ext-702"',
      'not (externalId eq "EXT-701")',
      'id eq "$0"',
      'id ew "$0"',
      'groups.value eq "$G"',
      'groups[value eq "$G" and type eq "Direct"]',
    ),
    ...nobody('externalId eq "ext-701"', 'externalId sw "Ext-"', 'id eq "$0" and id ne "$0"'),
  ],
  groups: [
    ...finding('members[value eq "$0"]', 'members eq "$G"', 'id eq "$G" and members eq "$0"', 'members.value sw "$0"'),
    ...nobody('members[value eq "$0" and type eq "Group"]'),
  ],
};
