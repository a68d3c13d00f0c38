import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** The path of a database that does not exist yet, in a folder of its own that goes with the test run. */
export function temporaryFile(name = 'people.db'): string {
  const folder = mkdtempSync(join(tmpdir(), 'scim-sqlite-'));
  folders.push(folder);
  return join(folder, name);
}

process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
