import { type Finding, failed } from '../../module/finding.ts';
import type { Branch } from '../layout/branch.ts';
import type { Tree } from '../layout/tree.ts';
import { isWhole, typeOf } from './attribute-type.ts';

/** Texts that stand in the configuration and that no directory takes for a number: nobody could be made. */
export function* fixedValueFindings({ schema }: Tree, { section, table }: Branch): Generator<Finding> {
  for (const { path, ldap, otherwise, placeholder, prefix } of table.rows) {
    if (!isWhole(schema.get(typeOf(ldap)))) continue;
    const fixed = otherwise.filter(({ uses, generator }) => uses.size === 0 && !generator).map(({ text }) => text);
    for (const text of [...fixed, ...(placeholder === undefined ? [] : [placeholder])])
      if (!/^-?\d+$/.test(prefix + text))
        yield failed(
          `${section}.map."${path}": ${ldap} takes whole numbers, and "${text}" is none; {next:10000-60000} in otherwise gives everybody one`,
        );
  }
}
