import { closeSync, existsSync, fsyncSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createPrivateFile, readIfPresent } from '../../state/private-file.ts';
import { privateFolder } from '../../state/private-folder.ts';
import { syncFolder } from '../../state/sync-folder.ts';
import { OperationError } from '../operation-error.ts';

/** @throws OperationError usage: there is a configuration already */
export function refuseToOverwrite(file: string): void {
  if (existsSync(file))
    throw new OperationError(
      'usage',
      `${file} exists; edit it, name another with --config, or replace it with --force`,
    );
}

/** Whether this very text is there already: then the older one beside it stays what it is. */
const isThere = (file: string, text: string): boolean => readIfPresent(file) === text;

/** The old one stays beside the new one, as `FILE.old`. @returns puts everything back as it was */
export function writeConfiguration(file: string, text: string): () => void {
  if (isThere(file, text)) return () => undefined;
  const [partial, old] = [`${file}.partial`, `${file}.old`];
  privateFolder(dirname(file), 0o750);
  rmSync(partial, { force: true });
  try {
    const handle = createPrivateFile(partial, 0o640);
    writeFileSync(handle, text);
    fsyncSync(handle);
    closeSync(handle);
    const replaces = existsSync(file);
    if (replaces) renameSync(file, old);
    renameSync(partial, file);
    syncFolder(dirname(file));
    return () => (replaces ? renameSync(old, file) : rmSync(file));
  } finally {
    rmSync(partial, { force: true });
  }
}
