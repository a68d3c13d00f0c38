import type { Intake, Transfer } from '../../backend/module/transfer.ts';
import type { App } from '../../config/config.ts';

/** An app whose store this program writes out. */
export interface StoredApp {
  readonly app: App;
  readonly store: Transfer<App>;
}

/** An app whose store takes what is in a file. */
export interface FillableApp {
  readonly app: App;
  readonly store: Intake<App>;
}
