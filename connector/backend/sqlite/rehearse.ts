import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropPartial, partialOf, removeAbandoned } from '../../state/partial-file.ts';
import { privateFolder } from '../../state/private-folder.ts';
import type { Rehearsal } from '../module/rehearsal.ts';
import { backup } from './file/backup.ts';
import { RehearsedStatements } from './rehearsed-statements.ts';
import type { SqliteSettings } from './settings.ts';
import { SqliteBackend } from './sqlite-backend.ts';

/**
 * The real verbs on a private copy of the database, which is gone afterwards: after a kill the next one removes it.
 * Where there is no database yet, on an empty one. @throws unavailable
 */
export async function rehearse(settings: SqliteSettings): Promise<Rehearsal> {
  removeAbandoned(tmpdir());
  const folder = partialOf(join(tmpdir(), 'scim-connector-rehearsal'));
  privateFolder(folder);
  const drop = (): void => dropPartial(folder);
  process.once('exit', drop);
  const statements = new RehearsedStatements();
  try {
    const file = join(folder, 'copy.db');
    if (existsSync(settings.file)) await backup(settings.file, file);
    const backend = new SqliteBackend({ ...settings, file }, statements.add);
    await backend.open();
    statements.clear();
    return {
      backend,
      language: 'SQL',
      operations: () => statements.text,
      close: async () => {
        await backend.close();
        process.off('exit', drop);
        drop();
      },
    };
  } catch (error) {
    process.off('exit', drop);
    drop();
    throw error;
  }
}
