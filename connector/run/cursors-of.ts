import { randomBytes } from 'node:crypto';
import type { Config } from '../config/config.ts';
import type { Notices } from '../log/notices.ts';
import { Cursors } from '../protocol/cursors.ts';
import { derivedFrom, SecretStore } from '../secrets/secret-store.ts';

const PURPOSE = 'cursors';

function keyOf({ state_dir, server }: Pick<Config, 'state_dir' | 'server'>, log: Notices): Buffer {
  if (server.cursor_key) return derivedFrom(server.cursor_key.reveal(), PURPOSE);
  try {
    return new SecretStore(state_dir).derivedKey(PURPOSE);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warn(`cursors of SCIM 2.0 lists are good until the connector stops, because their key cannot be kept: ${why}`);
    return randomBytes(32);
  }
}

/**
 * The cursors of each app by its name, sealed with the key of the configuration, else with one that follows from that of
 * the state folder. It is made when the first cursor is: most apps never walk.
 */
export function cursorsOf(config: Pick<Config, 'state_dir' | 'server'>, log: Notices): (app: string) => Cursors {
  let key: Buffer | undefined;
  return (app) =>
    new Cursors(app, () => {
      key ??= keyOf(config, log);
      return key;
    });
}
