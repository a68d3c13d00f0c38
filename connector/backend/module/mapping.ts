import type { TypeName } from '../../scim/schema/resource-type.ts';
import type { AppSettings } from './app-settings.ts';
import type { Rehearsal } from './rehearsal.ts';

/** What is in use in the store and has no place in SCIM yet. */
export interface Suggestion {
  /** One for each table of the mapping, as data for a script. */
  readonly surveys: readonly object[];
  /** The same as lines for the configuration file, TOML. */
  readonly text: string;
}

/** A rehearsal in a store that has names of its own. */
export interface MappedRehearsal extends Rehearsal {
  /** The `userName` or `displayName` of what is kept under a name of the store's own, such as a DN. @throws notFound */
  readonly nameAt: (type: TypeName, place: string, signal: AbortSignal) => Promise<string>;
  /** Where resources of this type are looked for and which settings say so, to end a sentence with. */
  readonly whereabouts: (type: TypeName) => string;
}

/** A store that calls things by names of its own, which a table of the configuration maps to SCIM's. */
export interface Mapping<App extends AppSettings> {
  /** @throws unavailable */
  readonly suggest: (app: App) => Promise<Suggestion>;
  /** @throws unavailable, invalidValue */
  readonly rehearse: (app: App) => Promise<MappedRehearsal>;
}
