import { randomBytes } from 'node:crypto';
import type { Config } from '../config/config.ts';
import type { Notices } from '../log/notices.ts';
import { derivedFrom, SecretStore } from '../secrets/secret-store.ts';
import type { SharedKeys } from '../shared-state/shared-keys.ts';

/** For each its own: what is sealed for one opens nowhere else. */
export type KeyPurpose = 'cursors' | 'access tokens';

/**
 * A key of 32 bytes from that of the configuration, which several connectors may share, else from that in the database that
 * they share, else from that of the state folder.
 * @param what  is sealed with it, for a warning
 */
export function sharedKey(
  { state_dir, server }: Pick<Config, 'state_dir' | 'server'>,
  purpose: KeyPurpose,
  what: string,
  log: Notices,
  keys?: SharedKeys,
): Buffer {
  if (server.cursor_key) return derivedFrom(server.cursor_key.reveal(), purpose);
  if (keys) return keys.derivedKey(purpose);
  try {
    return new SecretStore(state_dir).derivedKey(purpose);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warn(`${what} are good until the connector stops, because their key cannot be kept: ${why}`);
    return randomBytes(32);
  }
}
