import type { Operation } from '../directory/operation.ts';

/** RFC 2849: a value that begins or ends otherwise, or leaves ASCII, goes as base64. */
const SAFE = /^(?![ :<])[\x20-\x7e]*(?<! )$/;
const SECRETS = new Set(['userpassword', 'unicodepwd']);
const isSecret = (name: string): boolean => SECRETS.has(name.toLowerCase());

function line(name: string, value: string | Buffer): string {
  if (isSecret(name)) return `# ${name}: (the password)`;
  const text = typeof value === 'string' ? value : value.toString('latin1');
  if (typeof value === 'string' && SAFE.test(text)) return `${name}: ${text}`;
  return `${name}:: ${Buffer.from(value as string).toString('base64')}`;
}

const lines = (name: string, values: readonly (string | Buffer)[]): readonly string[] =>
  values.map((value) => line(name, value));

function body(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'add':
      return [
        'changetype: add',
        ...Object.entries(operation.attributes).flatMap(([name, values]) => lines(name, values)),
      ];
    case 'modify':
      return [
        'changetype: modify',
        ...operation.modifications.flatMap(({ operation: verb, attribute, values }) =>
          // Pasted without its value, it would take the password away.
          isSecret(attribute)
            ? [`# ${verb}: ${attribute} (the password)`]
            : [`${verb}: ${attribute}`, ...lines(attribute, values), '-'],
        ),
      ];
    case 'rename':
      return [
        'changetype: modrdn',
        line('newrdn', operation.rdn),
        'deleteoldrdn: 1',
        ...(operation.superior === undefined ? [] : [line('newsuperior', operation.superior)]),
      ];
    case 'delete':
      return ['changetype: delete'];
    case 'password':
      return ['# Password Modify (RFC 3062) of this entry; LDIF has no word for it'];
  }
}

/** What would have been sent, as `ldapmodify` reads it (RFC 2849). Passwords are named and never shown. */
export const formatLdif = (operations: readonly Operation[]): string =>
  operations
    .map((operation) => {
      const dn = line('dn', operation.dn);
      const rest = body(operation);
      return [operation.kind === 'password' ? `# ${dn}` : dn, ...rest].join('\n');
    })
    .join('\n\n');
