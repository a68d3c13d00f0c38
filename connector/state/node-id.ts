import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readIfPresent, writePrivate } from './private-file.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const nodeIdFile = (stateDir: string): string => join(stateDir, 'node-id');

/**
 * What tells this installation from others that share a database: `<stateDir>/node-id`, made by whoever asks first. A
 * file that holds anything else is made anew: an installation without a name of its own is a new one.
 * @throws the system's error
 */
export function nodeId(stateDir: string): string {
  const file = nodeIdFile(stateDir);
  const known = readIfPresent(file)?.trim();
  if (known !== undefined && UUID.test(known)) return known;
  writePrivate(file, `${randomUUID()}\n`);
  // Of two who make it at once the one that came last has replaced the other's: both go by what is there now.
  return readIfPresent(file)?.trim() ?? nodeId(stateDir);
}
