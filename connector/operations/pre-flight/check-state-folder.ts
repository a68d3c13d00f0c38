import { type Finding, failed, ok } from '../../backend/module/finding.ts';
import { checkWritable } from '../../state/writable-folder.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this account may not write there; run it with sudo, or choose another state_dir',
  EPERM: 'this account may not write there; run it with sudo, or choose another state_dir',
  EROFS: 'the file system is read-only; choose another state_dir',
  ENOTDIR: 'a part of the path is a file and no folder; choose another state_dir',
};

/** Whether our files can be made in the state folder, or the folder itself. */
export function checkStateFolder(stateDir: string): Finding {
  try {
    return ok(checkWritable(stateDir) ? `${stateDir} can be written` : `${stateDir} can be made`);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return failed(`${stateDir}: ${REASONS[code] ?? `cannot be used (${code}); choose another state_dir`}`);
  }
}
