/** What systemd gives the service and no shell has. A command of root sees the same, so that its findings hold for the service. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeText } from '../../connector/text/decode-text.ts';
import { SERVICE } from './installation.ts';

/** Beside the configuration; readable by root alone, when it holds secrets. */
export const ENVIRONMENT_FILE = `/etc/${SERVICE}/environment`;

/** Name of the key of stored secrets: among the service's credentials, and among those kept for it. */
export const KEY = 'secret.key';
export const KEPT_KEY = `${SERVICE}.${KEY}`;

const ASSIGNMENT = /^\s*([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/;

function unquoted(value: string): string {
  const [, quote, inner] = /^(["'])(.*)\1$/.exec(value) ?? [];
  if (inner === undefined) return value.replace(/\\(.)/g, '$1');
  return quote === "'" ? inner : inner.replace(/\\(["\\`$])/g, '$1');
}

/** The variables of such a file; a value ends with its line. systemd.exec(5), EnvironmentFile. */
export function parseEnvironment(text: string): Record<string, string> {
  const found = text.split('\n').flatMap((line) => {
    const [, name, value] = ASSIGNMENT.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, unquoted(value)]];
  });
  return Object.fromEntries(found) as Record<string, string>;
}

export const serviceVariables = (file = ENVIRONMENT_FILE): Record<string, string> =>
  existsSync(file) ? parseEnvironment(decodeText(readFileSync(file), file)) : {};

/**
 * The key that systemd takes from a store of credentials; undefined when none is kept there.
 * @throws Error systemd-creds cannot decrypt it
 */
export function serviceKey(root = '/'): string | undefined {
  const plain = join(root, 'etc/credstore', KEPT_KEY);
  if (existsSync(plain)) return decodeText(readFileSync(plain), plain);
  const encrypted = join(root, 'etc/credstore.encrypted', KEPT_KEY);
  if (existsSync(encrypted))
    return execFileSync('systemd-creds', ['decrypt', `--name=${KEY}`, encrypted, '-'], { encoding: 'utf8' });
  // Kept elsewhere, but the service runs and has it.
  const inUse = join(root, 'run/credentials', `${SERVICE}.service`, KEY);
  return existsSync(inUse) ? readFileSync(inUse, 'utf8') : undefined;
}
