import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/** Of the process, and of the whole machine. */
const SHORTAGES = ['EMFILE', 'ENFILE'];

/** What is missing, for the operator. */
export const OUT_OF_FILES = 'too many open files; raise LimitNOFILE of the service, or ulimit -n';

const isOutOfFiles = (error: unknown): boolean =>
  SHORTAGES.includes((error as NodeJS.ErrnoException | null)?.code ?? '');

/** Whether so many files and connections cannot be opened this moment. Some libraries only say that they could not. */
export function runsOutOfFiles(count = 1): boolean {
  const handles: number[] = [];
  try {
    while (handles.length < count) handles.push(openSync(devNull, 'r'));
    return false;
  } catch (error) {
    return isOutOfFiles(error);
  } finally {
    for (const handle of handles) closeSync(handle);
  }
}
