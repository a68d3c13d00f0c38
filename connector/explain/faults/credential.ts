import type { CredentialFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const ADMIN = "Okta's administrator";
const WHERE = 'In Okta: the app > Provisioning > Integration. What to enter, field by field:';
const SHEET = { run: ['scim-connector okta sheet'] };
const AFTER = 'Test Connector Configuration, then Save.';

export const CREDENTIAL_FAULTS: Faults<CredentialFault> = {
  'credential-none-yet': {
    title: 'The connector has no credential yet',
    meaning: 'Nobody has made a token or a login that Okta could present, so that nobody is let in.',
    whose: "the connector's host",
    fix: [
      'On the host of the connector:',
      { run: ['scim-connector token add okta', 'scim-connector okta sheet'] },
      'The token is shown once. Enter it in Okta, Test, then Save.',
    ],
    retry: 'after the fix',
    example: 'this connector has no credential yet: make one on its host with token add NAME',
    patterns: [/has no credential yet/],
  },
  'credential-missing': {
    title: 'Okta sent no credential, or under another header',
    meaning:
      'The connector found nothing where it looks for the credential: the header that the text names is not in the request.',
    whose: ADMIN,
    fix: [WHERE, SHEET, AFTER],
    retry: 'after the fix',
    example:
      'the request has no Authorization header: choose HTTP Header in Okta and enter Bearer, a space and a token',
    patterns: [/the request has no [\w-]+ header(, only Authorization)?:/],
  },
  'credential-of-wrong-kind': {
    title: 'Okta sends a credential of another kind',
    meaning:
      'The connector expects a token and gets a user name with a password, or the other way round, or one that is cut off.',
    whose: ADMIN,
    fix: [WHERE, SHEET, AFTER],
    retry: 'after the fix',
    example: 'this connector expects Basic credentials, the request has Bearer: choose Basic Auth in Okta',
    patterns: [
      /this connector expects (Basic|the word Bearer)/,
      /the (word Basic|Basic credentials)/,
      /word Bearer is not followed/,
    ],
  },
  'bearer-word-missing': {
    title: 'The word Bearer is missing before the token',
    meaning:
      'In Okta the value of the header was entered as the bare token. The standard wants the word Bearer before it. The connector takes both; other servers do not.',
    whose: ADMIN,
    fix: ['Enter in Okta: the word Bearer, one space, the token. Then Test and Save.', SHEET],
    retry: 'after the fix',
    example: 'the value lacks the word Bearer: enter Bearer, a space and the token in Okta',
    patterns: [/lacks the word Bearer/],
    seen: 'a warning in the log, once',
  },
  'token-expired': {
    title: 'The credential has expired',
    meaning: 'The token or the password that Okta presents was made for a limited time, and that is over.',
    whose: ADMIN,
    fix: [
      'Make a new one on the host of the connector, enter it in Okta, Test, Save, then take the old one away:',
      { run: ['scim-connector token list', 'scim-connector token add okta2', 'scim-connector token revoke okta'] },
    ],
    retry: 'after the fix',
    example: 'the token has expired: make a new one with token add NAME',
    patterns: [/has expired: make a new one/],
    seen: 'status shows the expiry of tokens beforehand',
  },
  'token-of-another-app': {
    title: 'The credential is for another app of this connector',
    meaning: 'The connector serves several apps, and each may have its own credentials. This one belongs to another.',
    whose: ADMIN,
    fix: [
      'See which belongs to which, and enter the right one in Okta:',
      { run: ['scim-connector token list', 'scim-connector okta sheet --app NAME'] },
    ],
    retry: 'after the fix',
    example: 'the token is for another app of this connector',
    patterns: [/is for another app of this connector/],
  },
  'token-unknown': {
    title: 'The credential is not accepted',
    meaning:
      'The connector does not know the token, or the user name with that password. It was mistyped, cut off, taken away, or made on another connector.',
    whose: ADMIN,
    fix: [
      'See what is accepted. If in doubt, make a new one and enter it in Okta, then Test and Save:',
      { run: ['scim-connector token list', 'scim-connector token add okta2'] },
      'A token shows only once: copy all of it, without blanks before or after.',
    ],
    retry: 'after the fix',
    example: 'the token is not accepted: see token list, or make a new one with token add NAME',
    patterns: [/is not accepted: see token list/],
  },
  'attempts-too-many': {
    title: 'Too many wrong credentials from one address',
    meaning:
      'Somebody at that address has presented wrong credentials again and again, and is slowed down. Right ones are let in all the same.',
    whose: ADMIN,
    fix: [
      'Correct the credential in Okta. Everything before the bracket of the text tells what is wrong with it.',
      WHERE,
      SHEET,
    ],
    retry: 'after the fix',
    example: 'too many failed attempts from this address: one is judged each second; try again in 1 s',
    patterns: [/too many failed attempts/, /cannot be checked now: try again/],
  },
};
