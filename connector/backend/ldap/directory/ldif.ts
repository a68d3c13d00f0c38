import { isPassword, type Operation } from './operation.ts';

type Value = string | Buffer;

/** RFC 2849: a value that begins or ends otherwise, or leaves ASCII, goes as base64. */
const SAFE = /^(?![ :<])[\x20-\x7e]*(?<! )$/;
/** What base64 hides from people who could read it. */
const READABLE = /^[^\p{Cc}\p{Cs}]+$/u;

function lines(name: string, value: Value): readonly string[] {
  if (isPassword(name)) return [`# ${name}: (the password)`];
  if (typeof value === 'string' && SAFE.test(value)) return [`${name}: ${value}`];
  const encoded = `${name}:: ${Buffer.from(value as string).toString('base64')}`;
  return typeof value === 'string' && READABLE.test(value) ? [`# ${name}: ${value}`, encoded] : [encoded];
}

/** @param most  values that are shown; of the others their number */
function listed(name: string, values: readonly Value[], most: number): readonly string[] {
  const shown = values.slice(0, most).flatMap((value) => lines(name, value));
  const more = values.length - most;
  return more > 0 ? [...shown, `# and ${more} more of ${values.length} values of ${name}`] : shown;
}

function body(operation: Operation, most: number): readonly string[] {
  switch (operation.kind) {
    case 'add':
      return [
        'changetype: add',
        ...Object.entries(operation.attributes).flatMap(([name, values]) => listed(name, values, most)),
      ];
    case 'modify':
      return [
        'changetype: modify',
        ...operation.modifications.flatMap(({ operation: verb, attribute, values }) =>
          // Pasted without its value, it would take the password away.
          isPassword(attribute)
            ? [`# ${verb}: ${attribute} (the password)`]
            : [`${verb}: ${attribute}`, ...listed(attribute, values, most), '-'],
        ),
      ];
    case 'rename':
      return [
        'changetype: modrdn',
        ...lines('newrdn', operation.rdn),
        'deleteoldrdn: 1',
        ...(operation.superior === undefined ? [] : lines('newsuperior', operation.superior)),
      ];
    case 'delete':
      return ['changetype: delete'];
    case 'password':
      return ['# Password Modify (RFC 3062) of this entry; LDIF has no word for it'];
  }
}

/**
 * One write as `ldapmodify` reads it (RFC 2849). Passwords are named and never shown.
 * @param most  values of one attribute that are shown
 */
export function ldifOf(operation: Operation, most = Number.POSITIVE_INFINITY): string {
  const dn = lines('dn', operation.dn);
  const head = operation.kind === 'password' ? dn.map((line) => (line.startsWith('#') ? line : `# ${line}`)) : dn;
  return [...head, ...body(operation, most)].join('\n');
}

/** Several, in their order. */
export const formatLdif = (operations: readonly Operation[]): string =>
  operations.map((operation) => ldifOf(operation)).join('\n\n');
