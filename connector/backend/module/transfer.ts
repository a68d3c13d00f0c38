import type { Attributes, Resource } from '../../scim/resource.ts';
import type { TypeName } from '../../scim/schema/resource-type.ts';
import type { AppSettings } from './app-settings.ts';

/** A resource that leaves the store. Memberships travel with the groups. */
export interface Exported extends Resource {
  readonly type: TypeName;
  /** A PHC string. Only when asked for: whoever has it may guess the password at leisure. */
  readonly passwordHash?: string;
}

/** A resource to import: attributes that the schema has accepted, and what an export adds to them. */
export interface Imported {
  readonly type: TypeName;
  /** Kept when it is a plain word and nobody has it; members and managers may refer to it either way. */
  readonly id?: string;
  /** Kept together with the id. */
  readonly meta?: { readonly created?: string; readonly lastModified?: string };
  readonly attributes: Attributes;
  readonly passwordHash?: string;
  /** Where it stands in what is read, from 1; errors say so. */
  readonly line?: number;
}

/** What cannot be imported, and why. */
export interface Refusal {
  readonly line?: number;
  /** What others may refer to it by. */
  readonly id?: string;
  readonly text: string;
}

/** What an import would do. */
export interface ImportTrial {
  readonly counts: ImportCounts;
  readonly refusals: readonly Refusal[];
}

export interface ExportOptions {
  readonly passwordHashes?: boolean;
}

export interface ImportOptions {
  /** Take `passwordHash`es over; without it they are ignored. */
  readonly passwordHashes?: boolean;
  /** Called now and then with how many have been read. */
  readonly onProgress?: (done: number) => void;
}

export interface ImportCounts {
  readonly users: number;
  readonly groups: number;
  readonly memberships: number;
  /** How many came with an id that was taken or unfit, and got another. */
  readonly renumbered: number;
}

export interface BackupOptions {
  /** Replace a file that is already there. */
  readonly overwrite?: boolean;
}

/** The one file of our own that a store is in. */
export interface StoreFile<App extends AppSettings> {
  /** Absolute; it need not exist yet. */
  readonly path: (app: App) => string;
  /** Copies the file, also while a connector writes to it. @returns size of the copy in bytes @throws unavailable */
  readonly backUp: (app: App, target: string, options?: BackupOptions) => Promise<number>;
  /** Puts a backup in the place of the file. The connector must be stopped. @throws unavailable */
  readonly restore: (app: App, source: string) => Promise<void>;
}

/** How resources of a file get into a store. */
export interface Intake<App extends AppSettings> {
  /** All of `resources` or nothing. The connector must be stopped. @throws uniqueness, invalidValue, unavailable */
  readonly import: (
    app: App,
    resources: AsyncIterable<Imported>,
    options: ImportOptions & { readonly signal: AbortSignal },
  ) => Promise<ImportCounts>;
  /**
   * Finds all that an import would refuse, also while a connector runs; writes nothing.
   * @param candidates  with those that could not even be read @throws unavailable
   */
  readonly tryImport: (
    app: App,
    candidates: AsyncIterable<Imported | Refusal>,
    options: ImportOptions & { readonly signal: AbortSignal },
  ) => Promise<ImportTrial>;
}

/** A store that this program writes out, and may read in. */
export interface Transfer<App extends AppSettings> {
  /** The store, for people: "the SQLite database". */
  readonly what: string;
  /** Absent: its own tools back it up and restore it. */
  readonly file?: StoreFile<App>;
  /** Everything, as it is at the first step: users, then groups. @throws unavailable */
  readonly exported: (app: App, options?: ExportOptions) => Promise<Iterable<Exported> | AsyncIterable<Exported>>;
  /** Absent: people move in from another store (`Moving`). */
  readonly intake?: Intake<App>;
}
