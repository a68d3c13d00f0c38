import { ScimError } from '../../scim/error.ts';
import { present } from './ldap-filter.ts';
import { LdapFailure, type Session } from './session.ts';
import { branchesOf, type Tree } from './tree.ts';

const NO_SUCH_OBJECT = 32;

/** Every entry that has to be there, and the setting that names it. A group of inactive people is made when needed. */
function* placesOf(tree: Tree): Generator<readonly [setting: string, dn: string]> {
  const { activation } = tree;
  for (const { base, type } of branchesOf(tree)) yield [type.name === 'User' ? 'users.base' : 'groups.base', base];
  if (activation.kind === 'move') yield ['users.deactivate', activation.to];
}

/** A place that is not there and one that nobody may see look the same. @throws unavailable naming the setting */
export async function proveBases(session: Session, tree: Tree): Promise<void> {
  for (const [setting, base] of placesOf(tree)) {
    const search = { base, scope: 'base', filter: present('objectClass'), attributes: ['1.1'] } as const;
    const found = await session.search(search).catch((error: unknown) => {
      if (error instanceof LdapFailure && error.code === NO_SUCH_OBJECT) return [];
      throw error;
    });
    if (found.length > 0) continue;
    throw new ScimError(
      'unavailable',
      `${setting}: nothing is visible at ${base}; check its spelling, and give the service account the access that "check --print-acl" prints`,
    );
  }
}
