import type { AppSettings } from './app-settings.ts';
import type { Interviewer } from './interview.ts';

/** A setting of the configuration and what it shall be. */
export interface SettingChange {
  /** Of the whole file, or below the table that is spoken of. */
  readonly path: readonly string[];
  /** Undefined takes it away, so that the default holds. */
  readonly value: unknown;
}

/** What an interview about a store begins with. */
export interface SetUpSubject<App extends AppSettings> {
  /** With what is configured already, else with defaults. */
  readonly app: App;
  /** Absolute; it need not exist yet. */
  readonly stateDir: string;
  /** For more than one question and answer. */
  readonly interviewer: Interviewer;
}

/** What an interview has come to. Nothing of it is written yet. */
export interface SetUp {
  /** Below [apps.NAME]. */
  readonly settings: readonly SettingChange[];
  /** For the secret store: what settings refer to as `{ secret = "name" }`. */
  readonly secrets: readonly { readonly name: string; readonly value: string }[];
  /** Absolute, in the state folder. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}
