import { homedir } from 'node:os';
import { join } from 'node:path';
import type { OwnServer, Target } from '../patient.ts';
import type { Shelf } from './book.ts';
import { CLEAN } from './clean-up.ts';

const FOLDER = 'doctor';

/** Where programs of a person keep what they must not forget (XDG Base Directory Specification; Windows known folders). */
function personalFolder(env: NodeJS.ProcessEnv): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = env;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  // A relative one is to be ignored.
  return XDG_STATE_HOME?.startsWith('/') ? XDG_STATE_HOME : join(homedir(), '.local', 'state');
}

/** Of our own connector beside its other state; of another server in the folder of whoever examines it. */
export function shelfOf(subject: OwnServer | Target, env: NodeJS.ProcessEnv = process.env): Shelf {
  if ('config' in subject) {
    const { config, app } = subject;
    const which = config.apps.length > 1 ? ` --app ${app.name}` : '';
    return { folder: join(config.state_dir, FOLDER), server: `app ${app.name}`, clean: CLEAN + which };
  }
  const server = subject.baseUrl.replace(/\/+$/, '');
  // The credential is not written down.
  const clean = `${CLEAN} --target '${server}' --header 'NAME: VALUE'`;
  return { folder: join(personalFolder(env), 'scim-connector', FOLDER), server, clean };
}
