import { bases, type Place } from './access-places.ts';
import { REMEDIES } from './remedies.ts';

/** `break` lets the rules that are there decide for everybody else. */
export function openldapAccess(places: readonly Place[], account: string): string {
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
