import { translated } from '../directory/ldap-errors.ts';
import { readTree } from '../layout/read-tree.ts';
import { accessRule } from './access-rule.ts';
import type { Subject } from './subject.ts';

/** Unit: ms. */
const DEADLINE = 120_000;

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
  } finally {
    await directory.close();
  }
}
