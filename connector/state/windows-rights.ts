/**
 * Windows has no modes: a new folder is for whom its parent is, and below C:\ and %ProgramData% that is everybody. Node
 * has no call for it. icacls.exe is on every Windows, and no policy of allowed programs keeps it from running, as it
 * would a program of ours that has to be unpacked first.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, toNamespacedPath } from 'node:path';

/** What was to be private cannot be made so. */
export class ProtectionError extends Error {
  override readonly name = 'ProtectionError';
}

/** The system, administrators, and the owner; identifiers, because names differ from language to language. */
const WHO = ['*S-1-5-18', '*S-1-5-32-544', '*S-1-3-4'];

/** Longer ones are named in a form that not every program knows. Unit: characters. */
const MAX_PATH = 248;

/** The service's configuration and data. The service host sets the rights on it, and all that is made in it inherits them. */
export const serviceDataFolder = (env = process.env): string =>
  `${env['ProgramData'] ?? 'C:\\ProgramData'}\\scim-connector`;

const isServiceData = (path: string): boolean =>
  path.toLowerCase().startsWith(`${serviceDataFolder()}\\`.toLowerCase());

function allowNobodyElse(path: string, rights: string): void {
  const program = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'icacls.exe');
  const grants = WHO.map((who) => `${who}:${rights}`);
  const name = path.length < MAX_PATH ? path : toNamespacedPath(path);
  try {
    execFileSync(program, [name, '/inheritance:r', '/grant:r', ...grants, '/q'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    });
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.trim() : String(cause);
    throw new ProtectionError(`${path} cannot be kept from other accounts; name a folder on an NTFS disk (${said})`, {
      cause,
    });
  }
}

/** Of a folder that was made this moment. What is made in it later inherits its rights. */
export function keepFolderPrivate(path: string): void {
  if (process.platform !== 'win32' || isServiceData(path)) return;
  allowNobodyElse(path, '(OI)(CI)F');
  if (readdirSync(path).length > 0)
    throw new ProtectionError(
      `${path}: somebody else has put a file into it while it was made; look at it and remove it`,
    );
}

/** Creates a file and opens it for writing. @throws EEXIST; ProtectionError */
export function createWindowsFile(file: string): number {
  const name = openSync(file, 'wx');
  if (isServiceData(file)) return name;
  closeSync(name);
  // Whoever opens a file before its rights are set goes on reading it: it gets them where nobody else can look.
  const folder = mkdtempSync(`${file}.`);
  try {
    keepFolderPrivate(folder);
    const made = join(folder, 'new');
    const handle = openSync(made, 'wx');
    allowNobodyElse(made, 'F');
    renameSync(made, file);
    return handle;
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
