/**
 * Where the running service of a state folder is asked: a socket below the folder, or on Windows a pipe, which has no
 * place in it. Its name is told in a file there, and cannot be guessed, so that nobody takes it first.
 */
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, lstatSync, openSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readIfPresent, writePrivate } from '../state/private-file.ts';
import { privateFolder } from '../state/private-folder.ts';

/** sun_path without its zero. unix(7). Unit: bytes. */
const LONGEST = process.platform === 'linux' ? 107 : 103;
const isWindows = process.platform === 'win32';

/** Below the state folder, for its owner alone. */
const folderOf = (stateDir: string): string => join(resolve(stateDir), 'admin');
const socketIn = (stateDir: string): string => join(folderOf(stateDir), 'socket');
const announcement = (stateDir: string): string => join(folderOf(stateDir), 'pipe');

/** What `net` takes for an address, for as long as it is not released. */
export interface Place {
  readonly address: string;
  release(): void;
}

const plain = (address: string): Place => ({ address, release: () => undefined });

/** A longer path than an address holds is entered through its open folder. proc_pid_fd(5). @throws ENOENT, EACCES */
function socketPlace(stateDir: string): Place {
  const path = socketIn(stateDir);
  if (Buffer.byteLength(path) <= LONGEST || process.platform !== 'linux') return plain(path);
  const folder = openSync(folderOf(stateDir), 'r');
  return { address: `/proc/self/fd/${folder}/socket`, release: () => closeSync(folder) };
}

/** Where a service is asked that runs, if any does. @throws ENOENT, EACCES */
export function currentPlace(stateDir: string): Place | undefined {
  if (!isWindows) return socketPlace(stateDir);
  const name = readIfPresent(announcement(stateDir))?.trim();
  return name ? plain(name) : undefined;
}

/** Where to listen. What is left of a service that is dead goes. @throws EACCES, EROFS and the like */
export function newPlace(stateDir: string): Place {
  if (!isWindows) {
    rmSync(socketIn(stateDir), { force: true });
    return socketPlace(stateDir);
  }
  const folder = createHash('sha256').update(resolve(stateDir).toLowerCase()).digest('hex').slice(0, 12);
  const name = `\\\\.\\pipe\\scim-connector-${folder}-${randomBytes(16).toString('hex')}`;
  writePrivate(announcement(stateDir), name);
  return plain(name);
}

/** Makes the folder, for its owner alone. @throws EACCES, EROFS and the like */
export function preparePlace(stateDir: string): void {
  privateFolder(folderOf(stateDir));
  if (!isWindows) chmodSync(folderOf(stateDir), 0o700);
}

export const restrictPlace = (stateDir: string): void => {
  if (!isWindows) chmodSync(socketIn(stateDir), 0o600);
};

/** Held by who begins to listen. */
export const claimOf = (stateDir: string): string => join(folderOf(stateDir), 'channel');

/** What tells the socket that lies there from any other; undefined when none does. On Windows nobody can take a pipe away. */
export function identityOf(stateDir: string): string | undefined {
  if (isWindows) return readIfPresent(announcement(stateDir));
  try {
    const { dev, ino, birthtimeMs } = lstatSync(socketIn(stateDir));
    return `${dev} ${ino} ${birthtimeMs}`;
  } catch {
    return undefined;
  }
}
