/** Root acts as the service's account: what it writes the service can read, and what it checks holds for the service. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICE } from './installation.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The number in an entry of passwd(5) or group(5). */
const id = (database: 'passwd' | 'group'): number =>
  Number(
    execFileSync('getent', [database, SERVICE], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(
      ':',
    )[2],
  );

/** The account that packages and `service install` make, with the group that the service runs in. */
export function serviceAccount(): Account | undefined {
  if (process.platform === 'win32') return undefined;
  try {
    return { uid: id('passwd'), gid: id('group') };
  } catch {
    return undefined;
  }
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/** Gives up root for good, in favour of the owner of the state folder, when that is another account. */
export function actAsOwner(stateDir: string): void {
  const owner = isRoot() ? statSync(stateDir, { throwIfNoEntry: false }) : undefined;
  if (!owner || owner.uid === 0) return;
  process.setgroups?.([owner.gid]);
  process.setgid?.(owner.gid);
  process.setuid?.(owner.uid);
}

/** Does one thing as the owner of the state folder: what it writes there is the service's. Root is root again afterwards. */
export async function asOwner<T>(stateDir: string, work: () => Promise<T>): Promise<T> {
  const owner = isRoot() ? statSync(stateDir, { throwIfNoEntry: false }) : undefined;
  if (!owner || owner.uid === 0) return work();
  process.setegid?.(owner.gid);
  process.seteuid?.(owner.uid);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

/** The configuration may be read by the service and changed by root only. */
export function ownConfiguration(folder: string, file: string, { gid }: Account): void {
  chownSync(folder, 0, gid);
  chmodSync(folder, 0o750);
  chownSync(file, 0, gid);
  chmodSync(file, 0o640);
}

/** The state folder, and whatever root has left in it, belongs to the service. Links are not followed. */
export function ownState(path: string, { uid, gid }: Account): void {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return;
  chownSync(path, uid, gid);
  if (!entry.isDirectory()) return;
  chmodSync(path, 0o700);
  for (const name of readdirSync(path)) ownState(join(path, name), { uid, gid });
}
