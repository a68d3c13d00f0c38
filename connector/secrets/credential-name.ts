import { CredentialError } from './credential-error.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** What an operator may call a credential or a secret. @throws CredentialError */
export function checkName(what: 'credential' | 'secret', name: string): void {
  if (NAME.test(name)) return;
  throw new CredentialError(`the name of a ${what} is 1 to 64 letters, digits, dots, dashes or underscores`);
}
