import { existsSync } from 'node:fs';
import type { Config } from '../../config/config.ts';
import type { Desk } from '../../holds/desk.ts';
import { DeskFile } from '../../holds/file/desk-file.ts';
import { holdsFile } from '../../holds/file/open-holds.ts';
import { DecisionError } from '../../holds/kept-hold.ts';
import { OperationError } from '../operation-error.ts';

type Kept = Pick<Config, 'state_dir'>;

/** Does something at the desk of a connector. @throws OperationError what cannot be decided, or what is wrong with the file */
export async function atDesk<T>({ state_dir: stateDir }: Kept, work: (desk: Desk) => T | Promise<T>): Promise<T> {
  const file = holdsFile(stateDir);
  try {
    const desk = new DeskFile(file);
    try {
      return await work(desk);
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
export const lookAtDesk = async <T>(config: Kept, none: T, work: (desk: Desk) => T | Promise<T>): Promise<T> =>
  existsSync(holdsFile(config.state_dir)) ? atDesk(config, work) : none;
