import { closeSync, copyFileSync, existsSync, fsyncSync, linkSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createPrivateFile, readIfPresent } from '../../state/private-file.ts';
import { privateFolder } from '../../state/private-folder.ts';
import { renameOver } from '../../state/rename-over.ts';
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

/** A second name for what is there: at no moment is there no configuration. */
function keepBeside(file: string, spare: string): void {
  rmSync(spare, { force: true });
  try {
    linkSync(file, spare);
  } catch {
    // Some file systems know no second names.
    copyFileSync(file, spare);
  }
}

/** Whether this very text is there already: then the older one beside it stays what it is. */
const isThere = (file: string, text: string): boolean => readIfPresent(file) === text;

function written(file: string, text: string): void {
  const handle = createPrivateFile(file, 0o640);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The old one stays beside the new one, as `FILE.old`. @returns puts everything back as it was */
export function writeConfiguration(file: string, text: string): () => void {
  if (isThere(file, text)) return () => undefined;
  const [partial, old, spare] = [`${file}.partial`, `${file}.old`, `${file}.old.partial`];
  privateFolder(dirname(file), 0o750);
  rmSync(partial, { force: true });
  const replaces = existsSync(file);
  let undo = (): void => rmSync(spare, { force: true });
  try {
    written(partial, text);
    if (replaces) keepBeside(file, spare);
    renameOver(partial, file);
    undo = () => (replaces ? renameOver(spare, file) : rmSync(file));
    if (replaces) {
      renameOver(spare, old);
      undo = () => renameOver(old, file);
    }
    syncFolder(dirname(file));
    return undo;
  } catch (error) {
    undo();
    throw error;
  } finally {
    rmSync(partial, { force: true });
  }
}
