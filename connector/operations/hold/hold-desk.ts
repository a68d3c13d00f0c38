import { existsSync } from 'node:fs';
import type { Desk } from '../../holds/desk.ts';
import { DeskFile } from '../../holds/file/desk-file.ts';
import { holdsFile } from '../../holds/file/open-holds.ts';
import { DecisionError } from '../../holds/kept-hold.ts';
import { withSharedState } from '../../shared-state/open-shared-state.ts';
import type { StateConfig } from '../../shared-state/shared-state.ts';
import { OperationError } from '../operation-error.ts';

type Work<T> = (desk: Desk) => T | Promise<T>;

async function atFile<T>(file: string, work: Work<T>): Promise<T> {
  const desk = new DeskFile(file);
  try {
    return await work(desk);
  } finally {
    desk.close();
  }
}

const atTables = <T>(config: StateConfig, work: Work<T>): Promise<T> =>
  withSharedState(config, async (shared) => {
    if (!shared) throw new Error('state is in files');
    const { DeskTables } = await import('../../holds/postgres/desk-tables.ts');
    return work(new DeskTables(shared.database));
  });

/** Does something at the desk of a connector. @throws OperationError what cannot be decided, or what is wrong with the place */
export async function atDesk<T>(config: StateConfig, work: Work<T>): Promise<T> {
  const isShared = config.state.backend !== 'files';
  const file = holdsFile(config.state_dir);
  try {
    return isShared ? await atTables(config, work) : await atFile(file, work);
  } catch (cause) {
    if (cause instanceof OperationError) throw cause;
    if (cause instanceof DecisionError) throw new OperationError('usage', cause.message, { cause });
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new OperationError('backend', isShared ? sharedText(what) : `${file}: ${what}`, { cause });
  }
}

const DATABASE = 'the database of state = "postgres"';

const sharedText = (what: string): string =>
  `holds and modes are kept in ${DATABASE}, which cannot be asked: ${what.replace(`${DATABASE}: `, '')}`;

/** The same for who only looks: where nothing was ever counted no file is made. @param none  what there is then */
export const lookAtDesk = async <T>(config: StateConfig, none: T, work: Work<T>): Promise<T> =>
  config.state.backend !== 'files' || existsSync(holdsFile(config.state_dir)) ? atDesk(config, work) : none;
