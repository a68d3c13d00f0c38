import { isWithin, parentOf } from '../directory/dn.ts';
import { ACCOUNT_CONTROL } from '../layout/activation.ts';
import { branchesOf, type Tree } from '../layout/tree.ts';
import type { ProfileName } from '../settings/defaults.ts';
import { REMEDIES } from './remedies.ts';

/** Where the service account works, and what is kept there. */
interface Place {
  readonly base: string;
  readonly holds: 'user' | 'group';
}

function placesOf(tree: Tree): readonly Place[] {
  const places = branchesOf(tree).flatMap(({ bases, type }) =>
    bases.map((base): Place => ({ base, holds: type.isAccount ? 'user' : 'group' })),
  );
  const { activation } = tree;
  return activation.kind === 'group' ? [...places, { base: activation.group, holds: 'group' }] : places;
}

const bases = (places: readonly Place[]): readonly string[] => [...new Set(places.map(({ base }) => base))];

/** `break` lets the rules that are there decide for everybody else. */
function openldap(places: readonly Place[], account: string): string {
  const who = `by dn.exact="${account}"`;
  const people = new Set(places.filter(({ holds }) => holds === 'user').map(({ base }) => base));
  const rules = bases(places).flatMap((base) => [
    ...(people.has(base) ? [`to dn.subtree="${base}" attrs=userPassword ${who} =w by * break`] : []),
    `to dn.subtree="${base}" ${who} write by * break`,
  ]);
  return [
    '# As root on the server. Another database than {1}mdb: slapcat -n 0 | grep -B5 olcSuffix',
    "ldapmodify -Y EXTERNAL -H ldapi:/// <<'.'",
    'dn: olcDatabase={1}mdb,cn=config',
    'changetype: modify',
    'add: olcAccess',
    ...rules.map((rule, i) => `olcAccess: {${i}}${rule}`),
    '.',
    REMEDIES.openldap.limits(account),
  ].join('\n');
}

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

/** Passwords are written and never read; `*` leaves operational attributes out, the lock among them. */
function ds389(places: readonly Place[], account: string, attributes: readonly string[], tree: Tree): string {
  const who = `userdn="ldap:///${account}"`;
  const written = ['*', ...attributes].join(' || ');
  return [
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
    REMEDIES['389ds'].limits(account),
  ].join('\n');
}

/** schemaIDGUID of the classes and rightsGuid of the control access right (MS-ADTS §5.1.3.2.1). */
const CLASS = {
  user: 'bf967aba-0de6-11d0-a285-00aa003049e2',
  group: 'bf967a9c-0de6-11d0-a285-00aa003049e2',
} as const;
const RESET_PASSWORD = '00299570-246d-11d0-a768-00aa006e0529';

/** DELETE beside DELETE_CHILD: a move out of the unit deletes there. */
const sddl = (holds: Place['holds']): string =>
  [
    `(OA;CI;CCDC;${CLASS[holds]};;$SID)`,
    `(OA;CIIO;RPWPLCRCSDLO;;${CLASS[holds]};$SID)`,
    `(OA;CIIO;SW;;${CLASS[holds]};$SID)`,
    ...(holds === 'user' ? [`(OA;CIIO;CR;${RESET_PASSWORD};${CLASS.user};$SID)`] : []),
    '(A;CI;RPLCLORC;;;$SID)',
  ].join('');

/** `CN=scim,…`, `scim@corp.example` and `CORP\scim` are the ways to bind in Active Directory. */
const accountName = (account: string): string =>
  /^[^=]+=((?:\\.|[^,\\])+)/.exec(account)?.[1] ?? account.replace(/^.*\\|@.*$/g, '');

function activeDirectory(places: readonly Place[], account: string): string {
  const name = accountName(account);
  return [
    '# Microsoft: on a domain controller; DOMAIN is its NetBIOS name',
    ...places.flatMap(({ base, holds }) => [
      `dsacls "${base}" /I:T /G "DOMAIN\\${name}:GR"`,
      `dsacls "${base}" /I:T /G "DOMAIN\\${name}:CCDC;${holds}"`,
      `dsacls "${base}" /I:S /G "DOMAIN\\${name}:RPWPSDWS;;${holds}"`,
      ...(holds === 'user' ? [`dsacls "${base}" /I:S /G "DOMAIN\\${name}:CA;Reset Password;user"`] : []),
    ]),
    '',
    '# Samba: the same',
    `SID=$(samba-tool user show '${name}' --attributes=objectSid | sed -n 's/^objectSid: //p')`,
    ...places.map(({ base, holds }) => `samba-tool dsacl set --objectdn='${base}' --sddl="${sddl(holds)}"`),
  ].join('\n');
}

const generic = (places: readonly Place[], account: string): string =>
  [
    `# Allow ${account}, below each of these and nowhere else:`,
    ...bases(places).map((base) => `#   ${base}`),
    '# to search, compare, read and write entries, to add, rename and delete them, to write userPassword without reading',
    '# it, and to read as many entries as there are in paged searches.',
  ].join('\n');

const RULES: Readonly<
  Record<ProfileName, (places: readonly Place[], account: string, more: readonly string[], tree: Tree) => string>
> = {
  openldap,
  '389ds': ds389,
  'active-directory': activeDirectory,
  generic,
};

/** What an administrator enters so that `account` may do what the connector does, and nothing else. */
export function accessRule(tree: Tree, account: string): string {
  const { activation, profile } = tree;
  const switches = activation.kind === 'values' ? Object.keys({ ...activation.inactive, ...activation.active }) : [];
  return RULES[profile.name](
    placesOf(tree),
    account,
    switches.filter((name) => name !== ACCOUNT_CONTROL),
    tree,
  );
}
