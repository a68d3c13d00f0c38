import type { PasswordFaultCode } from '../../../scim/fault-code.ts';
import { diagnose } from './diagnosis.ts';
import type { LdapFailure, PasswordFault } from './ldap-failure.ts';
import { isLockShortage } from './lock-shortage.ts';
import { setsPassword } from './operation.ts';
import { RESULT } from './result-code.ts';
import { invalid, type Verdict } from './verdict.ts';

/** What a policy asks for, as far as it can be read. */
export interface PasswordRules {
  /** Unit: characters. */
  readonly shortest?: number;
  /** Of capital letters, small letters, digits and other characters three kinds (MS-SAMR §3.1.1.7.2). */
  readonly varied?: boolean;
  /** How many passwords before this one may not come back. */
  readonly remembered?: number;
}

/** How OpenLDAP, 389 and Samba word it. OpenLDAP's "quality" may also mean the length. */
const WORDS: readonly (readonly [RegExp, PasswordFault])[] = [
  [/too short|at least \d+ characters long/i, 'short'],
  [/complexity/i, 'simple'],
  [/history/i, 'used'],
  [/too young/i, 'young'],
];

/** 389 says what it misses in words that quote nothing. */
const MISSED = /invalid password syntax - (?<words>password [\w ]+)$/;

/** Active Directory's ERROR_PASSWORD_RESTRICTION, and everybody's own words. */
const ABOUT_PASSWORDS = /0000052D|password/i;

const VARIED = 'three of capital letters, small letters, digits and other characters, and no part of the name';

/** Whether a policy refused a password: constraintViolation, and unwillingToPerform from Active Directory. */
export function isPasswordRefusal(failure: LdapFailure): boolean {
  const { code, operation, diagnostic, passwordFault } = failure;
  if (code !== RESULT.constraintViolation && code !== RESULT.unwillingToPerform) return false;
  if (!operation || !setsPassword(operation) || diagnose(diagnostic, code) || isLockShortage(failure)) return false;
  return operation.kind === 'password' || passwordFault !== undefined || ABOUT_PASSWORDS.test(diagnostic);
}

function faultOf({ diagnostic, passwordFault }: LdapFailure): PasswordFault | undefined {
  return passwordFault ?? WORDS.find(([pattern]) => pattern.test(diagnostic))?.[1];
}

const CODES: Readonly<Record<PasswordFault, PasswordFaultCode>> = {
  short: 'password-too-short',
  simple: 'password-too-simple',
  used: 'password-used-before',
  young: 'password-too-young',
};

const TEXTS: Readonly<Record<PasswordFault, (rules: PasswordRules) => string>> = {
  short: ({ shortest }) =>
    `password is too short for the directory${shortest === undefined ? '' : `: it asks for at least ${shortest} characters`}`,
  simple: ({ varied }) => `password is too simple for the directory${varied ? `: it asks for ${VARIED}` : ''}`,
  used: ({ remembered }) =>
    `password was used before${remembered ? `, and the directory remembers the last ${remembered}` : ', and the directory remembers it'}`,
  young: () => 'password cannot be changed yet: the directory asks for some time between two changes',
};

function unknown({ shortest, varied, remembered }: PasswordRules): string {
  const asked = [
    ...(shortest ? [`at least ${shortest} characters`] : []),
    ...(varied ? [VARIED] : []),
    ...(remembered ? [`none of the last ${remembered} passwords`] : []),
  ];
  const text = 'password does not meet the rules of the directory: its length, characters, history or age';
  return asked.length === 0 ? text : `${text}; it asks for ${asked.join('; ')}`;
}

/** @param rules  what is known of the policy besides */
export function passwordRefusal(failure: LdapFailure, rules: PasswordRules = {}): Verdict {
  const words = failure.diagnostic.replace(/\s+/g, ' ').trim();
  const missed = MISSED.exec(words)?.groups?.['words'];
  const fault = faultOf(failure);
  const code = fault === undefined ? 'password-refused' : CODES[fault];
  if (missed !== undefined) return invalid(code, `the directory refuses the password: ${missed}`);
  // Samba: "equal or longer than 7 characters".
  const told = Number(/longer than (\d+) characters/.exec(words)?.[1] ?? Number.NaN);
  const known = Number.isNaN(told) ? rules : { ...rules, shortest: told };
  return invalid(code, fault === undefined ? unknown(known) : TEXTS[fault](known));
}
