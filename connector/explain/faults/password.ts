import type { PasswordFaultCode } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const ADMIN = "Okta's administrator";
const POLICY =
  "Make Okta's password policy at least as strict as the directory's: Security > Authenticators > Password. Or lower the directory's.";
const SHOW = [
  { on: 'OpenLDAP', run: ['ldapsearch -H ldaps://DIRECTORY -D "BIND_DN" -W -b "BASE" "(objectClass=pwdPolicy)"'] },
  { on: '389 Directory Server', run: ['dsconf INSTANCE pwpolicy get'] },
  { on: 'Active Directory', run: ['Get-ADDefaultDomainPasswordPolicy'] },
];

export const PASSWORD_FAULTS: Faults<PasswordFaultCode> = {
  'password-too-short': {
    title: 'The password is too short for the directory',
    meaning:
      'Okta sent a password that its own policy allows and the policy of the directory does not. Nothing of the change was done.',
    whose: ADMIN,
    fix: [POLICY, 'See what the directory asks for:', ...SHOW, 'Then let the person choose a new password in Okta.'],
    retry: 'after the fix',
    example: 'password is too short for the directory: it asks for at least 12 characters',
    patterns: [/password is too short/],
  },
  'password-too-simple': {
    title: 'The password is too simple for the directory',
    meaning:
      'The policy of the directory asks for more kinds of characters, or for a password without the name of the person.',
    whose: ADMIN,
    fix: [POLICY, 'See what the directory asks for:', ...SHOW, 'Then let the person choose a new password in Okta.'],
    retry: 'after the fix',
    example:
      'password is too simple for the directory: it asks for three of capital letters, small letters, digits and other characters, and no part of the name',
    patterns: [/password is too simple/],
  },
  'password-used-before': {
    title: 'The password was used before',
    meaning: 'The directory remembers earlier passwords and takes none of them again.',
    whose: ADMIN,
    fix: [
      'Let the person choose another password in Okta.',
      'Or let Okta remember as many passwords as the directory does: Security > Authenticators > Password.',
    ],
    retry: 'no',
    example: 'password was used before, and the directory remembers the last 5',
    patterns: [/password was used before/],
  },
  'password-too-young': {
    title: 'The password was changed only a moment ago',
    meaning: 'The directory asks for some time between two changes of a password.',
    whose: "the directory's administrator",
    fix: ['Wait and Retry, or take the minimum age away for this policy:', ...SHOW],
    retry: 'now',
    example: 'password cannot be changed yet: the directory asks for some time between two changes',
    patterns: [/password cannot be changed yet/],
  },
  'password-refused': {
    title: 'The directory refuses the password',
    meaning: 'The password breaks a rule of the directory. Which one, the text says as far as the server does.',
    whose: ADMIN,
    fix: [POLICY, 'See what the directory asks for:', ...SHOW],
    retry: 'after the fix',
    example: 'password does not meet the rules of the directory: its length, characters, history or age',
    patterns: [/password does not meet the rules/, /directory refuses the password/],
  },
  'password-empty': {
    title: 'The password is empty or is no text',
    meaning: 'Okta sent a password without a character, or with one that no password can have.',
    whose: ADMIN,
    fix: [
      'Let the person set a password in Okta, or stop sending passwords: the app > Provisioning > To App > Sync Password.',
    ],
    retry: 'after the fix',
    example: 'password must not be empty',
    patterns: [/password must not (be empty|hold a NUL)/],
  },
  'password-unmapped': {
    title: 'Okta sends passwords, and there is no place for them',
    meaning:
      'Passwords arrive and are thrown away, as the configuration says. People cannot log in with their Okta password.',
    whose: "the connector's configuration",
    fix: [
      'If passwords are to be kept, say so and restart:',
      { run: ['passwords = "hash"   # under [apps.NAME.sqlite]', 'scim-connector check'] },
      'If not, switch it off in Okta: the app > Provisioning > To App > Sync Password.',
    ],
    retry: 'after the fix',
    example: '"ignored":["password"]',
    patterns: [/ignored["':\s[]+[^\]]*\bpassword\b/, /password.*(no place|is not mapped|dropped)/],
    seen: 'ignored: ["password"] in the log',
  },
};
