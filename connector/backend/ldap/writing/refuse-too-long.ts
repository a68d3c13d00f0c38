import { ScimError } from '../../../scim/error.ts';
import { tooLong } from '../directory/refusal.ts';
import type { Branch } from '../layout/branch.ts';
import { glossaryOf } from '../layout/glossary.ts';
import type { Tree } from '../layout/tree.ts';
import type { LdapValue } from '../mapping/row-values.ts';

/**
 * What the directory is known to refuse need not be sent: nothing is half done then, and `map test` says it too.
 * @param written  values by attribute
 * @throws invalidValue
 */
export function refuseTooLong(
  tree: Tree,
  branch: Branch,
  written: Iterable<readonly [attribute: string, values: readonly LdapValue[]]>,
): void {
  const glossary = glossaryOf(tree, branch);
  for (const [attribute, values] of written) {
    const longest = glossary.longest(attribute) ?? Number.POSITIVE_INFINITY;
    const value = values.find((one) => typeof one === 'string' && one.length > longest);
    if (typeof value !== 'string') continue;
    const { fault, reason, text } = tooLong(attribute, value, glossary);
    throw new ScimError(reason, text, { fault });
  }
}
