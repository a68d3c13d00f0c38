import type { Config } from '../config/config.ts';
import type { Notices } from '../log/notices.ts';
import { Cursors } from '../protocol/cursors.ts';
import type { SharedKeys } from '../shared-state/shared-keys.ts';
import { sharedKey } from './shared-key.ts';

/**
 * The cursors of each app by its name, sealed with the key of the configuration, else with one that follows from that of
 * all connectors of a database, else of the state folder. It is made when the first cursor is: most apps never walk.
 */
export function cursorsOf(
  config: Pick<Config, 'state_dir' | 'server'>,
  log: Notices,
  keys?: SharedKeys,
): (app: string) => Cursors {
  let key: Buffer | undefined;
  return (app) =>
    new Cursors(app, () => {
      key ??= sharedKey(config, 'cursors', 'cursors of SCIM 2.0 lists', log, keys);
      return key;
    });
}
