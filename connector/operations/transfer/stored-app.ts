import type { Transfer } from '../../backend/module/transfer.ts';
import type { App } from '../../config/config.ts';

/** An app whose store this program writes out and reads in. */
export interface StoredApp {
  readonly app: App;
  readonly store: Transfer<App>;
}
