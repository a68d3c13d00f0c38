import type { Place } from './access-places.ts';

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

export function activeDirectoryAccess(places: readonly Place[], account: string): string {
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
