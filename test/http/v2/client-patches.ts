/** Bodies of PATCH as clients send them, each on what the one before has left. */
export interface ClientPatch {
  readonly what: string;
  readonly operations: readonly object[];
  /** Of the resource afterwards; `undefined`: not there. */
  readonly expected: Readonly<Record<string, unknown>>;
}

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const EMAIL = 'emails[type eq "work"].value';

/** docs/scim.md, PATCH of SCIM 2.0. `{boss}` stands for the id of somebody. */
export const ENTRA: readonly ClientPatch[] = [
  {
    what: 'deactivates with text',
    operations: [{ op: 'Replace', path: 'active', value: 'False' }],
    expected: { active: false },
  },
  {
    what: 'replaces several attributes, one operation each',
    operations: [
      { op: 'Replace', path: 'active', value: 'True' },
      { op: 'Replace', path: 'displayName', value: 'Ana S' },
      { op: 'Replace', path: 'name.givenName', value: 'Anna' },
      { op: 'Replace', path: EMAIL, value: 'anna@corp.test' },
      { op: 'Replace', path: `${ENTERPRISE}:employeeNumber`, value: '701984' },
      { op: 'Replace', path: 'userName', value: 'anna@corp.test' },
    ],
    expected: {
      active: true,
      displayName: 'Ana S',
      'name.givenName': 'Anna',
      'emails.0.value': 'anna@corp.test',
      'emails.length': 1,
      [`${ENTERPRISE}.employeeNumber`]: '701984',
      userName: 'anna@corp.test',
    },
  },
  {
    what: 'replaces without a path, with paths as keys',
    operations: [
      {
        op: 'Replace',
        value: { displayName: 'Ana T', 'name.givenName': 'Ana', [`${ENTERPRISE}:employeeNumber`]: 701985 },
      },
    ],
    expected: { displayName: 'Ana T', 'name.givenName': 'Ana', [`${ENTERPRISE}.employeeNumber`]: '701985' },
  },
  {
    what: 'adds an address again',
    operations: [{ op: 'Add', path: EMAIL, value: 'ana@corp.test' }],
    expected: { 'emails.0.value': 'ana@corp.test', 'emails.length': 1 },
  },
  {
    what: 'removes an address, with a value that says nothing',
    operations: [{ op: 'Remove', path: EMAIL, value: 'x@corp.test' }],
    expected: { emails: undefined },
  },
  {
    what: 'replaces an address that is not there',
    operations: [{ op: 'Replace', path: EMAIL, value: 'new@corp.test' }],
    expected: { 'emails.0.value': 'new@corp.test', 'emails.length': 1 },
  },
  {
    what: 'sets parts of a postal address that is not there',
    operations: [
      { op: 'Add', path: 'addresses[type eq "work"].streetAddress', value: 'Main 1' },
      { op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Ulm' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+49 (1) 2' },
    ],
    expected: {
      'addresses.0.streetAddress': 'Main 1',
      'addresses.0.locality': 'Ulm',
      'addresses.length': 1,
      'phoneNumbers.0.value': '+49 (1) 2',
    },
  },
  ...['{boss}', { value: '{boss}' }, [{ $ref: null, value: '{boss}' }]].map((value) => ({
    what: `sets the manager by ${JSON.stringify(value)}`,
    operations: [{ op: 'Add', path: `${ENTERPRISE}:manager`, value }],
    expected: { [`${ENTERPRISE}.manager.value`]: '{boss}' },
  })),
  {
    what: 'takes the manager away with an empty text',
    operations: [{ op: 'Replace', path: `${ENTERPRISE}:manager`, value: '' }],
    expected: { [`${ENTERPRISE}.manager`]: undefined },
  },
  {
    what: 'sends objects and lists for single values',
    operations: [
      { op: 'Replace', path: 'name', value: [{ givenName: 'A', familyName: 'S' }] },
      { op: 'Replace', path: 'displayName', value: [{ $ref: null, value: 'Ana' }] },
    ],
    expected: { 'name.givenName': 'A', 'name.familyName': 'S', displayName: 'Ana' },
  },
];

/** docs/okta-agent.md. */
export const OKTA: readonly ClientPatch[] = [
  {
    what: 'deactivates without a path',
    operations: [{ op: 'replace', value: { active: false } }],
    expected: { active: false },
  },
  {
    what: 'pushes a profile and a password without a path',
    operations: [
      {
        op: 'replace',
        value: {
          id: 'x',
          active: true,
          password: 'N3w!password',
          name: { givenName: 'Ana', familyName: 'Souza' },
          emails: [{ value: 'ana@okta.test', type: 'primary', primary: true }],
          groups: [],
        },
      },
    ],
    expected: { active: true, 'name.familyName': 'Souza', 'emails.0.value': 'ana@okta.test', password: undefined },
  },
];

/** Members of a group by number, before and after. */
export interface GroupPatch {
  readonly what: string;
  readonly operations: (id: (number: number) => string) => readonly object[];
  readonly members: readonly number[];
  readonly name?: string;
}

const chosen = (id: string): string => `members[value eq "${id}"]`;

export const GROUPS: readonly GroupPatch[] = [
  {
    what: 'Entra adds two',
    operations: (id) => [
      { op: 'Add', path: 'members', value: [0, 1].map((n) => ({ $ref: null, value: id(n) })) },
      { op: 'Add', path: 'members', value: [{ $ref: null, value: id(1) }] },
    ],
    members: [0, 1],
  },
  {
    what: 'Entra removes one by a list',
    operations: (id) => [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: id(0) }] }],
    members: [1],
  },
  {
    what: 'Okta renames, removes one and adds another',
    operations: (id) => [
      { op: 'replace', value: { id: 'x', displayName: 'renamed' } },
      { op: 'remove', path: chosen(id(1)) },
      { op: 'add', path: 'members', value: [{ value: id(2), display: 'u2@corp.test' }] },
    ],
    members: [2],
    name: 'renamed',
  },
  {
    what: 'Okta pushes all',
    operations: (id) => [
      { op: 'replace', path: 'members', value: [0, 1, 2].map((n) => ({ value: id(n), display: 'x' })) },
    ],
    members: [0, 1, 2],
  },
  {
    what: 'somebody is taken out and put in again',
    operations: (id) => [
      { op: 'remove', path: chosen(id(0)) },
      { op: 'add', path: 'members', value: { value: id(0) } },
    ],
    members: [0, 1, 2],
  },
  {
    what: 'whom nobody knows is left out',
    operations: (id) => [
      { op: 'remove', path: `members[value eq"${id(2)}"]` },
      { op: 'add', path: 'members', value: [{ value: '00000000-0000-4000-8000-000000000000' }, { value: id(2) }] },
      { op: 'remove', path: 'members', value: [] },
    ],
    members: [0, 1, 2],
  },
  {
    what: 'a filter of types takes some out',
    operations: (id) => [{ op: 'remove', path: `members[type eq "User" and not (value eq "${id(1)}")]` }],
    members: [1],
  },
  { what: 'Okta empties', operations: () => [{ op: 'replace', path: 'members', value: [] }], members: [] },
  { what: 'an empty one is emptied', operations: () => [{ op: 'remove', path: 'members' }], members: [] },
];
