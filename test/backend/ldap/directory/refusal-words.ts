import type { Operation } from '../../../../connector/backend/ldap/directory/operation.ts';
import type { Reason } from '../../../../connector/scim/error.ts';

export const add = (
  attributes: Readonly<Record<string, readonly string[]>>,
  dn = 'uid=ann,ou=people,dc=x',
): Operation => ({
  kind: 'add',
  dn,
  attributes: { objectClass: ['inetOrgPerson'], ...attributes },
});
const modify = (attribute: string, ...values: string[]): Operation => ({
  kind: 'modify',
  dn: 'uid=ann,ou=people,dc=x',
  modifications: [{ operation: 'replace', attribute, values }],
});

type Row = readonly [code: number, diagnostic: string, operation: Operation, reason: Reason, text: string];

const MAILS = add({ mail: ['a@x', 'ü@x'], uid: ['ann'] });

/** OpenLDAP 2.5, 389 2.3 and Samba 4.17 in their own words; Active Directory's as Microsoft documents them. */
export const REFUSALS: readonly Row[] = [
  [
    19,
    'non-unique attributes found with (|(mail=a@x))',
    add({ mail: ['a@x'] }),
    'uniqueness',
    'emails.value (mail) "a@x" is already in use by another entry',
  ],
  [
    19,
    'non-unique attributes found with (|(mail=a@x)(mail=ü@x))',
    MAILS,
    'uniqueness',
    'emails.value (mail), one of "a@x", "ü@x", is already in use by another entry',
  ],
  [
    19,
    'non-unique attributes found with (|(mail=a@x)(uid=ann))',
    add({ mail: ['a@x'], uid: ['ann'] }),
    'uniqueness',
    'emails.value (mail) "a@x" or userName (uid) "ann" is already in use by another entry',
  ],
  [
    19,
    'Another entry with the same attribute value already exists (attribute: "mail ")',
    modify('mail', 'a@x'),
    'uniqueness',
    'emails.value (mail) "a@x" is already in use by another entry',
  ],
  [
    19,
    "0000202F: samldb: userPrincipalName 'ann@x' is already in use ",
    add({ userPrincipalName: ['ann@x'] }),
    'uniqueness',
    'x (userPrincipalName) "ann@x" is already',
  ],
  [
    68,
    "00002071: samldb: samAccountName 'ann' already in use!",
    add({ sAMAccountName: ['ann'] }),
    'uniqueness',
    'x (samAccountName) "ann" is already',
  ],
  [
    68,
    '00000524: UpdErr: DSID-031A11E2, problem 6005 (ENTRY_EXISTS), data 0',
    add({ sAMAccountName: ['ann'] }),
    'uniqueness',
    'x (sAMAccountName) "ann" is already',
  ],
  [
    19,
    '000021C8: AtrErr: DSID-03200BBA, #1:\n\t0: 000021C8: DSID-03200BBA, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 90290 (userPrincipalName)',
    add({ userPrincipalName: ['ann@x'] }),
    'uniqueness',
    'x (userPrincipalName) "ann@x" is already',
  ],
  [
    68,
    '',
    add({}, 'cn=Ann Lee,ou=people,dc=x'),
    'uniqueness',
    'x (cn) "Ann Lee" is already in use by another entry; users.rdn names entries by it',
  ],
  [
    68,
    'Entry CN=Ann already exists',
    { kind: 'rename', dn: 'cn=b,dc=x', rdn: 'cn=Ann' },
    'uniqueness',
    'x (cn) "Ann" is already in use',
  ],
  [
    68,
    '',
    modify('member', 'cn=a'),
    'uniqueness',
    'a value that must be unique is in use by another entry: the directory does not say which',
  ],
  [
    21,
    'mail: value #1 invalid per syntax\n',
    MAILS,
    'invalidValue',
    'emails.value (mail) "ü@x" does not have the form that the directory asks for: ASCII characters only',
  ],
  [
    21,
    "0000200B: objectclass_attrs: attribute 'department' on entry 'CN=b,DC=x' contains at least one invalid value!",
    modify('department', 'd'.repeat(65)),
    'invalidValue',
    'has 65 characters, and the directory takes at most 64',
  ],
  [
    19,
    '00002082: AtrErr: DSID-03151907, #1:\n\t0: 00002082: DSID-03151907, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 9030d (department):len 130',
    modify('department', 'd'.repeat(65)),
    'invalidValue',
    'takes at most 64',
  ],
  [
    17,
    'shell: attribute type undefined',
    modify('shell', 'a'),
    'invalidValue',
    "x (shell) is not in the directory's schema; correct its line in users.map",
  ],
  [
    65,
    "attribute 'loginShell' not allowed",
    modify('loginShell', 'a'),
    'invalidValue',
    'x (loginShell) is not allowed in such an entry: add an object class that allows it to users.object_classes',
  ],
  [
    65,
    'attribute "loginShell" not allowed\n',
    modify('loginShell', 'a'),
    'invalidValue',
    'x (loginShell) is not allowed',
  ],
  [
    65,
    "object class 'inetOrgPerson' requires attribute 'sn'",
    add({}),
    'invalidValue',
    'name.familyName (sn) is required by object class inetOrgPerson and has no value',
  ],
  [
    65,
    'missing attribute "sn" required by object class "inetOrgPerson"\n',
    add({}),
    'invalidValue',
    'name.familyName (sn) is required by object class inetOrgPerson',
  ],
  [19, 'mail: multiple values provided', MAILS, 'invalidValue', 'emails.value (mail) takes one value only'],
  [
    65,
    'single-valued attribute "mail" has multiple values\n',
    MAILS,
    'invalidValue',
    'emails.value (mail) takes one value only',
  ],
  [
    19,
    '0000202F: SINGLE-VALUE attribute mail on CN=a,DC=x specified more than once',
    MAILS,
    'invalidValue',
    'emails.value (mail) takes one value only',
  ],
  [
    20,
    'mail: value #0 provided more than once',
    MAILS,
    'invalidValue',
    'emails.value (mail) "a@x" is given twice or is already there',
  ],
  [
    16,
    'modify/delete: mail: no such attribute',
    modify('mail'),
    'invalidValue',
    'emails.value (mail): a value that was to be removed is not there',
  ],
  [
    16,
    "0000200A: objectclass_attrs: attribute 'shell' on entry 'CN=b,DC=x' was not found in the schema!",
    modify('shell', 'a'),
    'invalidValue',
    "x (shell) is not in the directory's schema",
  ],
  [
    19,
    'modifyTimestamp: no user modification allowed',
    modify('modifyTimestamp', 'a'),
    'invalidValue',
    'is kept by the directory itself',
  ],
  [
    19,
    'The value is not 7-bit clean: ü@x',
    MAILS,
    'invalidValue',
    'emails.value (mail) "ü@x" holds characters beyond ASCII',
  ],
  [
    19,
    'modify breaks constraint on mail',
    modify('mail', 'a'),
    'invalidValue',
    'emails.value (mail) "a" breaks a rule',
  ],
  [
    19,
    '000020B5: Referenced object not found at x.c:357',
    modify('manager', 'cn=a'),
    'invalidValue',
    'leads to nobody',
  ],
];
