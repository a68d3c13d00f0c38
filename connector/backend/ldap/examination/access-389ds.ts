import { isWithin, parentOf } from '../directory/dn.ts';
import { ACCOUNT_CONTROL, activationAttributes } from '../layout/activation.ts';
import type { Tree } from '../layout/tree.ts';
import { bases, type Place } from './access-places.ts';
import { newAccount } from './new-account-ldif.ts';
import { REMEDIES } from './remedies.ts';

/** Moving entries is a right of its own, and its rule stands above both places. */
function moveRules({ activation }: Tree, who: string): readonly string[] {
  if (activation.kind !== 'move') return [];
  const { from, to } = activation;
  let above = from;
  while (above !== '' && !isWithin(to, above)) above = parentOf(above);
  const rule = (source: string, target: string): string =>
    `aci: (target_from="ldap:///${source}")(target_to="ldap:///${target}")(version 3.0; acl "scim-connector moves"; allow (moddn) ${who};)`;
  return [`dn: ${above}`, 'changetype: modify', 'add: aci', rule(from, to), rule(to, from), ''];
}

/** Attributes that switch an account off. */
const switches = ({ activation }: Tree): readonly string[] =>
  activationAttributes(activation).filter((name) => name !== ACCOUNT_CONTROL);

/** Passwords are written and never read; `*` leaves operational attributes out, the lock among them. */
export function ds389Access(places: readonly Place[], account: string, tree: Tree): string {
  const who = `userdn="ldap:///${account}"`;
  const written = ['*', ...switches(tree)].join(' || ');
  return [
    ...newAccount(account, {
      command: "ldapadd -c -H ldapi:/// -D 'cn=Directory Manager' -W",
      password: '$(read -rsp \'Password for the account: \' word; echo "$word")',
    }),
    "ldapmodify -H ldapi:/// -D 'cn=Directory Manager' -W <<'.'",
    ...bases(places).flatMap((base) => [
      `dn: ${base}`,
      'changetype: modify',
      'add: aci',
      `aci: (targetattr!="userPassword")(version 3.0; acl "scim-connector reads"; allow (read,search,compare) ${who};)`,
      `aci: (targetattr="${written}")(version 3.0; acl "scim-connector writes"; allow (write,add,delete) ${who};)`,
      '',
    ]),
    ...moveRules(tree, who),
    '.',
    REMEDIES['389ds'].limits(account, ''),
  ].join('\n');
}
