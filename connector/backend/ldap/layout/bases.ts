import { ScimError } from '../../../scim/error.ts';
import { entryAt } from '../directory/entry-at.ts';
import type { Session } from '../directory/session.ts';
import { branchesOf, type Tree } from './tree.ts';

/** Every entry that has to be there, and the setting that names it. A group of inactive people is made when needed. */
function* placesOf(tree: Tree): Generator<readonly [setting: string, dn: string]> {
  const { activation } = tree;
  for (const { base, section } of branchesOf(tree)) yield [`${section}.base`, base];
  for (const { type, branch } of tree.entitlements) yield [`entitlements.${type.name}.base`, branch.base];
  if (activation.kind === 'move') yield ['users.deactivate', activation.to];
}

/** A place that is not there and one that nobody may see look the same. @throws unavailable naming the setting */
export async function proveBases(session: Session, tree: Tree): Promise<void> {
  for (const [setting, base] of placesOf(tree)) {
    if (await entryAt(session, base, { attributes: ['1.1'] })) continue;
    throw new ScimError(
      'unavailable',
      `${setting}: nothing is visible at ${base}; check its spelling, and give the service account the access that "check --print-acl" prints`,
      { fault: 'directory-base-missing' },
    );
  }
}
