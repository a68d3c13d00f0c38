import { existsSync } from 'node:fs';
import { Desk } from '../../holds/file/desk.ts';
import { holdsFile } from '../../holds/file/open-holds.ts';
import { DecisionError } from '../../holds/kept-hold.ts';
import { OperationError } from '../operation-error.ts';

/** Does something at the desk of a state folder. @throws OperationError what cannot be decided, or what is wrong with the file */
export function atDesk<T>(stateDir: string, work: (desk: Desk) => T): T {
  const file = holdsFile(stateDir);
  try {
    const desk = new Desk(file);
    try {
      return work(desk);
    } finally {
      desk.close();
    }
  } catch (cause) {
    if (cause instanceof OperationError) throw cause;
    if (cause instanceof DecisionError) throw new OperationError('usage', cause.message, { cause });
    throw new OperationError('backend', `${file}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** The same for who only looks: where nothing was ever counted nothing is made. @param none  what there is then */
export const lookAtDesk = <T>(stateDir: string, none: T, work: (desk: Desk) => T): T =>
  existsSync(holdsFile(stateDir)) ? atDesk(stateDir, work) : none;
