import type { Tree } from '../layout/tree.ts';
import type { ProfileName } from '../settings/defaults.ts';
import { ds389Access } from './access-389ds.ts';
import { activeDirectoryAccess } from './access-active-directory.ts';
import { openldapAccess } from './access-openldap.ts';
import { bases, type Place, placesOf } from './access-places.ts';

const genericAccess = (places: readonly Place[], account: string): string =>
  [
    `# Allow ${account}, below each of these and nowhere else:`,
    ...bases(places).map((base) => `#   ${base}`),
    '# to search, compare, read and write entries, to add, rename and delete them, to write userPassword without reading',
    '# it, and to read as many entries as there are in paged searches.',
  ].join('\n');

const RULES: Readonly<Record<ProfileName, (places: readonly Place[], account: string, tree: Tree) => string>> = {
  openldap: openldapAccess,
  '389ds': ds389Access,
  'active-directory': activeDirectoryAccess,
  generic: genericAccess,
};

/** What an administrator enters so that `account` may do what the connector does, and nothing else. */
export const accessRule = (tree: Tree, account: string): string =>
  RULES[tree.profile.name](placesOf(tree), account, tree);
