import type { Tree } from '../layout/tree.ts';
import { bases, type Place } from './access-places.ts';
import { contextOf } from './naming-context.ts';
import { newAccount } from './new-account-ldif.ts';
import { lookedUp, onDatabase } from './openldap-config.ts';
import { REMEDIES } from './remedies.ts';

/** `break` lets the rules that are there decide for everybody else. */
function rulesOf(places: readonly Place[], account: string): readonly string[] {
  const who = `by dn.exact="${account}"`;
  const people = new Set(places.filter(({ holds }) => holds === 'user').map(({ base }) => base));
  const rules = bases(places).flatMap((base) => [
    ...(people.has(base) ? [`to dn.subtree="${base}" attrs=userPassword ${who} =w by * break`] : []),
    `to dn.subtree="${base}" ${who} write by * break`,
  ]);
  return rules.map((rule, i) => `olcAccess: {${i}}${rule}`);
}

/** Rules and limits belong to a database, and people and groups may lie in two. */
export function openldapAccess(places: readonly Place[], account: string, tree: Tree): string {
  const contexts = [...new Set(places.map(({ base }) => contextOf(tree, base)))];
  const administrator = lookedUp(contextOf(tree, account), 'olcRootDN');
  return [
    '# As root on the server',
    ...newAccount(account, {
      command: `ldapadd -c -x -H ldapi:/// -D "$(${administrator})" -W`,
      password: '$(slappasswd)',
    }),
    ...contexts.flatMap((context) => [
      ...onDatabase(
        context,
        'add: olcAccess',
        ...rulesOf(
          places.filter(({ base }) => contextOf(tree, base) === context),
          account,
        ),
      ),
      REMEDIES.openldap.limits(account, context),
    ]),
  ].join('\n');
}
