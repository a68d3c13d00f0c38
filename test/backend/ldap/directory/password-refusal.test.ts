import { expect } from 'chai';
import { LdapFailure, type LdapFailureOptions } from '../../../../connector/backend/ldap/directory/ldap-failure.ts';
import type { Operation } from '../../../../connector/backend/ldap/directory/operation.ts';
import {
  isPasswordRefusal,
  type PasswordRules,
  passwordRefusal,
} from '../../../../connector/backend/ldap/directory/password-refusal.ts';

const replace = (...attributes: string[]): Operation => ({
  kind: 'modify',
  dn: 'uid=ann,dc=x',
  modifications: attributes.map((attribute) => ({ operation: 'replace', attribute, values: ['x'] })),
});
const MODIFY = replace('userPassword');
const EXOP: Operation = { kind: 'password', dn: 'uid=ann,dc=x' };
const UNKNOWN = 'password does not meet the rules of the directory: its length, characters, history or age';

type Row = readonly [failure: LdapFailureOptions, rules: PasswordRules, text: string];

/** OpenLDAP 2.5, 389 2.3 and Samba 4.17 in their own words; Active Directory says its code and nothing more. */
const TABLE: readonly Row[] = [
  [{ code: 19, diagnostic: 'Password fails quality checking policy', operation: EXOP }, {}, UNKNOWN],
  [{ code: 19, passwordFault: 'short', operation: EXOP }, {}, 'password is too short for the directory'],
  [
    { code: 19, passwordFault: 'short', operation: EXOP },
    { shortest: 8 },
    'password is too short for the directory: it asks for at least 8 characters',
  ],
  [
    { code: 19, passwordFault: 'used', operation: EXOP },
    { remembered: 5 },
    'password was used before, and the directory remembers the last 5',
  ],
  [
    { code: 19, passwordFault: 'young', operation: EXOP },
    {},
    'password cannot be changed yet: the directory asks for some time between two changes',
  ],
  [
    {
      code: 19,
      diagnostic: 'invalid password syntax - password must be at least 9 characters long',
      operation: MODIFY,
    },
    {},
    'the directory refuses the password: password must be at least 9 characters long',
  ],
  [
    { code: 19, diagnostic: 'password in history', operation: MODIFY },
    {},
    'password was used before, and the directory remembers it',
  ],
  [
    {
      code: 19,
      diagnostic:
        '0000052D: Constraint violation - check_password_restrictions: the password is too short. It should be equal or longer than 7 characters!',
      operation: replace('unicodePwd'),
    },
    {},
    'password is too short for the directory: it asks for at least 7 characters',
  ],
  [
    {
      code: 19,
      diagnostic:
        '0000052D: Constraint violation - check_password_restrictions: the password does not meet the complexity criteria!',
      operation: replace('unicodePwd'),
    },
    { varied: true },
    'password is too simple for the directory: it asks for three of capital letters, small letters, digits and other characters, and no part of the name',
  ],
  [
    {
      code: 53,
      diagnostic: '0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0',
      operation: replace('unicodePwd'),
    },
    { shortest: 7, varied: true, remembered: 24 },
    `${UNKNOWN}; it asks for at least 7 characters; three of capital letters, small letters, digits and other characters, and no part of the name; none of the last 24 passwords`,
  ],
  [{ code: 53, operation: EXOP }, {}, UNKNOWN],
];

describe('a password that a directory refuses', () => {
  for (const [options, rules, text] of TABLE)
    it(`${options.code} ${options.diagnostic ?? options.passwordFault ?? ''}`, () => {
      const failure = new LdapFailure('native', options);
      expect(isPasswordRefusal(failure)).to.equal(true);
      expect(passwordRefusal(failure, rules)).to.include({ reason: 'invalidValue', text });
    });

  for (const [what, options] of [
    [
      'another value that is taken, whatever it is called',
      {
        code: 19,
        diagnostic: 'non-unique attributes found with (|(mail=password@x))',
        operation: replace('mail', 'userPassword'),
      },
    ],
    [
      'a value without a password beside it',
      { code: 19, diagnostic: 'the word password', operation: replace('title') },
    ],
    ['a directory out of locks', { code: 53, diagnostic: 'Server is unwilling: DB locks threshold', operation: EXOP }],
    ['a right that is missing', { code: 50, diagnostic: 'password', operation: EXOP }],
  ] as const)
    it(`is not ${what}`, () => expect(isPasswordRefusal(new LdapFailure('native', options))).to.equal(false));
});
