import { userInfo } from 'node:os';

function name(): string {
  try {
    return userInfo().username;
  } catch {
    return `number ${process.getuid?.()}`;
  }
}

// At once: root becomes the service's account later.
const user = name();

/** Who has run the command; behind sudo the person who did. */
export function osUser(): string {
  if (process.platform === 'win32') return `${process.env['USERDOMAIN'] ?? ''}\\${user}`.replace(/^\\/, '');
  const behind = user === 'root' ? process.env['SUDO_USER'] : undefined;
  return behind ? `${behind} (sudo)` : user;
}
