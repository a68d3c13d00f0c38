import type { AppSettings } from './app-settings.ts';

/** One entitlement, as an operator keeps it. */
export interface Definition {
  /** Never changes: Okta knows it by this. */
  readonly id: string;
  readonly name: string;
  readonly description?: string;
}

/** What keeping some came to. */
export interface KeptCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** How an operator keeps the entitlements of a store that has a place for them, beside a connector that runs. */
export interface EntitlementKeeping<App extends AppSettings> {
  /** Adds those that are new by their id and changes the others; all or nothing, and nothing is removed. @throws unavailable */
  put(app: App, type: string, definitions: readonly Definition[]): Promise<KeptCounts>;
  /** All or nothing. @throws conflict naming how many people still have one, notFound naming an id that is not there, unavailable */
  remove(app: App, type: string, ids: readonly string[]): Promise<void>;
}
