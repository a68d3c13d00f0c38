import type { Flavour } from './flavours.ts';

/** LDIF of `count` people `user000000`, `user000001`… as the flavour names them. */
export function peopleLdif({ naming, personClasses, people }: Flavour, count: number): string {
  const lines: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const name = `user${String(number).padStart(6, '0')}`;
    lines.push(
      `dn: ${naming}=${name},${people}`,
      ...personClasses.map((one) => `objectClass: ${one}`),
      ...(naming === 'CN'
        ? [`sAMAccountName: ${name}`, `userPrincipalName: ${name}@lab.example.com`]
        : [`uid: ${name}`, `cn: Person ${number}`, `employeeNumber: ${number}`]),
      `sn: Family ${number % 97}`,
      `givenName: Given ${number % 13}`,
      `displayName: Given ${number % 13} Family ${number % 97}`,
      `mail: ${name}@example.com`,
      `title: Engineer ${number % 50}`,
      '',
    );
  }
  return `${lines.join('\n')}\n`;
}

/** LDIF of `count` groups `group00000`… with `size` members each, taken from `peopleLdif(flavour, total)`. */
export function groupsLdif(flavour: Flavour, count: number, size: number, total: number): string {
  const { naming, groupClasses, groups, people } = flavour;
  const lines: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const name = `group${String(number).padStart(5, '0')}`;
    lines.push(
      `dn: ${naming === 'CN' ? 'CN' : 'cn'}=${name},${groups}`,
      ...groupClasses.map((one) => `objectClass: ${one}`),
    );
    lines.push(naming === 'CN' ? `sAMAccountName: ${name}` : `cn: ${name}`);
    for (let member = 0; member < size; member += 1) {
      const at = String((number * size + member) % total).padStart(6, '0');
      lines.push(`member: ${naming}=user${at},${people}`);
    }
    lines.push('');
  }
  return `${lines.join('\n')}\n`;
}
