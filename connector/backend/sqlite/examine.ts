import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkWritable } from '../../state/writable-folder.ts';
import { type Finding, failed, ok } from '../module/finding.ts';
import { checkIntegrity } from './file/integrity.ts';
import { openReadOnly } from './file/open-read-only.ts';
import type { SqliteSettings } from './settings.ts';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What the file holds, and whether it is whole. @throws unavailable; the system's error where the folder is closed */
export function examine({ file }: SqliteSettings): Finding {
  checkWritable(dirname(file));
  // An empty one is filled as if there were none.
  if (!statSync(file, { throwIfNoEntry: false })?.size) return ok(`sqlite ${file}, made at the first start`);
  const problems = checkIntegrity(file);
  if (problems.length > 0) return failed(`${file} is damaged; restore a backup: ${problems.join('; ')}`);
  const connection = openReadOnly(file, {});
  try {
    const counts = connection.rows<readonly [string, number]>('SELECT type, sum(live) FROM block_count GROUP BY type');
    const count = (type: string): number => counts.find(([name]) => name === type)?.[1] ?? 0;
    return ok(`sqlite ${file}, ${counted(count('User'), 'user')}, ${counted(count('Group'), 'group')}, undamaged`);
  } finally {
    connection.close();
  }
}
