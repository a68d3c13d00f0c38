import { ScimError } from '../../../scim/error.ts';
import { translated } from '../directory/ldap-errors.ts';
import { failureIn } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import { readTree } from '../layout/read-tree.ts';
import { accessRule } from './access-rule.ts';
import { newAccount } from './new-account-ldif.ts';
import type { Subject } from './subject.ts';

/** Unit: ms. */
const DEADLINE = 120_000;

/** Of an account that is not there nothing can be asked: how to make it. */
function withoutAccount(error: unknown, account: string): ScimError | undefined {
  const lines = newAccount(account, {
    command: 'ldapadd -c -H SERVER -D ADMINISTRATOR -W',
    password: '$(read -rsp \'Password for the account: \' word; echo "$word")',
  });
  if (failureIn(error)?.code !== RESULT.invalidCredentials || lines.length === 0) return undefined;
  const text = `${(error as Error).message}. Where the account is not there yet, make it, and ask again for what it may do:`;
  return new ScimError('unavailable', [text, ...lines.slice(1, -1)].join('\n'), {
    fault: 'directory-access-denied',
    cause: error,
  });
}

/**
 * The access that the service account needs, in that server's own commands. It may be asked before it has any.
 * @throws unavailable, invalidValue
 */
export async function printedAccess(subject: Subject): Promise<string> {
  const signal = AbortSignal.timeout(DEADLINE);
  const directory = await subject.open(subject.urls);
  try {
    const { tree } = await translated({ operation: 'read', type: 'User' }, () =>
      readTree(directory, signal, subject.options, subject.types),
    );
    return accessRule(tree, subject.account);
  } catch (error) {
    throw withoutAccount(error, subject.account) ?? error;
  } finally {
    await directory.close();
  }
}
