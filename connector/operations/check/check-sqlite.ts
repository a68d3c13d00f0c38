import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EXIT } from '../../../bin/cli/exit-codes.ts';
import { CommandError } from '../../../bin/cli/failure.ts';
import { counted } from '../../../bin/terminal/terminal.ts';
import { checkIntegrity } from '../../backend/sqlite/file/integrity.ts';
import { openReadOnly } from '../../backend/sqlite/file/open-file.ts';
import { checkWritable } from '../../state/writable-folder.ts';

/** What the file holds. @throws unavailable it cannot be used; CommandError it is damaged */
export function checkSqlite(file: string): readonly string[] {
  checkWritable(dirname(file));
  // An empty one is filled as if there were none.
  if (!statSync(file, { throwIfNoEntry: false })?.size) return [`sqlite ${file}, made at the first start`];
  const problems = checkIntegrity(file);
  if (problems.length > 0)
    throw new CommandError(EXIT.backend, `${file} is damaged; restore a backup: ${problems.join('; ')}`);
  const connection = openReadOnly(file, {});
  try {
    const counts = connection.rows<readonly [string, number]>('SELECT type, sum(live) FROM block_count GROUP BY type');
    const count = (type: string): number => counts.find(([name]) => name === type)?.[1] ?? 0;
    return [`sqlite ${file}, ${counted(count('User'), 'user')}, ${counted(count('Group'), 'group')}, undamaged`];
  } finally {
    connection.close();
  }
}
