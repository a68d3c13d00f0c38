import type { Connection } from '../connection/connection.ts';

/** Also for further connections to a file that `openFile` has opened. */
export function configure(connection: Connection): void {
  connection.pragma('journal_mode = WAL');
  // An acknowledged write survives a power cut: NORMAL would not wait for the disk in WAL mode.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('mmap_size = 0');
  // Unit: KiB when negative.
  connection.pragma('cache_size = -8000');
  // A long import leaves no giant behind. Unit: bytes.
  connection.pragma('journal_size_limit = 67108864');
}
