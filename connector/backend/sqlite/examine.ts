import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { freeSpace } from '../../state/free-space.ts';
import { checkWritable, existingFolder } from '../../state/writable-folder.ts';
import { type Finding, failed, ok } from '../module/finding.ts';
import { checkIntegrity } from './file/integrity.ts';
import { openReadOnly } from './file/open-read-only.ts';
import { otherNames } from './file/other-names.ts';
import { proveUnlocked, proveWritable } from './file/prove-writable.ts';
import { spaceFindings } from './file/space-findings.ts';
import type { SqliteSettings } from './settings.ts';
import { twinFindings } from './twin-findings.ts';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What the file holds, and whether it is whole. */
function contents(file: string): readonly Finding[] {
  proveWritable(file);
  const others = otherNames(file);
  if (others !== undefined) return [failed(others)];
  // An empty one is filled as if there were none.
  if (!statSync(file, { throwIfNoEntry: false })?.size) return [ok(`sqlite ${file}, made at the first start`)];
  const problems = checkIntegrity(file);
  if (problems.length > 0) return [failed(`${file} is damaged; restore a backup: ${problems.join('; ')}`)];
  proveUnlocked(file);
  const connection = openReadOnly(file, {});
  try {
    const counts = connection.rows<readonly [string, number]>('SELECT type, sum(live) FROM block_count GROUP BY type');
    const count = (type: string): number => counts.find(([name]) => name === type)?.[1] ?? 0;
    const held = `${counted(count('User'), 'user')}, ${counted(count('Group'), 'group')}`;
    return [ok(`sqlite ${file}, ${held}, undamaged`), ...twinFindings(connection)];
  } finally {
    connection.close();
  }
}

/** Whether people can be read and written there. @throws unavailable; the system's error where the folder is closed */
export function examine({ file }: SqliteSettings): readonly Finding[] {
  const folder = dirname(file);
  checkWritable(folder);
  return [...contents(file), ...spaceFindings(file, freeSpace(existingFolder(folder)))];
}
