import { parentOf, parseDn } from '../directory/dn.ts';

/** By what names it. */
const CLASSES: Readonly<Record<string, string>> = { cn: 'organizationalRole', uid: 'account' };

/** For a heredoc in which the shell looks for its own. */
const plain = (text: string): string => text.replace(/[\\$`]/g, String.raw`\$&`);

/**
 * Makes the service account, and the unit it lies in; `ldapadd -c` passes over what is there. Empty for an account whose
 * name does not say what it is.
 * @param how  the command, and how the shell comes to the password
 */
export function newAccount(account: string, how: { command: string; password: string }): readonly string[] {
  if (!account.includes('=')) return [];
  const [rdn] = parseDn(account);
  const [naming] = rdn ?? [];
  const objectClass = naming && CLASSES[naming.attribute.toLowerCase()];
  if (!naming || objectClass === undefined) return [];
  const above = parentOf(account);
  const [unit] = parseDn(above)[0] ?? [];
  return [
    '# The account, where it is not there yet',
    `${how.command} <<.`,
    ...(unit?.attribute.toLowerCase() === 'ou'
      ? [`dn: ${plain(above)}`, 'objectClass: organizationalUnit', `ou: ${plain(unit.value)}`, '']
      : []),
    `dn: ${plain(account)}`,
    `objectClass: ${objectClass}`,
    'objectClass: simpleSecurityObject',
    `${naming.attribute}: ${plain(naming.value)}`,
    `userPassword: ${how.password}`,
    '.',
    '# What it may do',
  ];
}
