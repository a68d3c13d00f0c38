import type { z } from 'zod';
import type { Complaint } from '../../config/vocabulary/complaint.ts';
import type { Backend } from '../backend.ts';
import type { AppSettings } from './app-settings.ts';
import type { Census, CensusOptions } from './census.ts';
import type { DatabaseRole } from './database-role.ts';
import type { EntitlementKeeping } from './entitlement-keeping.ts';
import type { FilterExplanation, FilterQuestion } from './filter-explanation.ts';
import type { Finding } from './finding.ts';
import type { Mapping } from './mapping.ts';
import type { Moving } from './moving.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { SetUp, SetUpSubject } from './set-up.ts';
import type { Transfer } from './transfer.ts';

/** What a backend may be told beside its settings. */
export interface Surroundings {
  /** Longest that a request may run. Unit: ms. */
  readonly deadline?: number;
  readonly log?: { info(text: string): void; warn(text: string): void };
  /** What tells this connector from others that have the same store: a UUID. Absent: there are no others. */
  readonly node?: string;
}

/** Whose store it is: some defaults depend on it. */
export interface Owner {
  /** Name of the app. */
  readonly app: string;
  /** Absolute. */
  readonly stateDir: string;
}

/** Settings that stand in one table of the configuration file, and what the reference says of them. */
export interface Table {
  readonly description: string;
  /** By name. Each is described, and none has the name of another backend's in the same table. */
  readonly settings: z.ZodRawShape;
}

/** A short form of one of the backend's own settings, for a start without a file. */
export interface ShortFlag {
  readonly setting: string;
  readonly describe: string;
}

/**
 * All that the connector knows of one kind of store: configuration, flags, reference, `check` and the commands are put
 * together from these. A backend is a folder with its module, and a line in `modules.ts`.
 *
 * What is here is read at every start: whatever loads a driver or a client library comes by `import()` when it is asked
 * for. `App` is what its functions read of an app's settings: `AppSettings`, and the tables that the module declares.
 */
export interface BackendModule<App extends AppSettings> {
  /** The word in `backend = "…"`, and the name of the table [apps.NAME.<name>]. */
  readonly name: string;
  /** Where people are when nothing else is said: of one backend alone. */
  readonly isDefault?: true;
  /** Where people are then, within a sentence: "an LDAP directory". */
  readonly place: string;
  /** To whoever chooses one: what it is, and what is going to be asked for. Sentences. */
  readonly described: string;
  /** [apps.NAME.<name>]. A setting has a default here only when it should be shown as in force without being set. */
  readonly own: Table;
  /** What it adds to [apps.NAME.users] and [apps.NAME.groups]. */
  readonly users?: Table;
  readonly groups?: Table;
  /** What it adds to [apps.NAME.entitlements.TYPE]. */
  readonly entitlements?: Table;
  /** By the flag's name. */
  readonly shortFlags?: Readonly<Record<string, ShortFlag>>;
  /** Values of own settings that are not set and whose default depends on whose store it is. */
  readonly defaults?: (owner: Owner) => object;
  /** What is wrong between the settings. @param others  apps of this backend that come before it in the file */
  readonly complaints: (app: App, others: readonly App[]) => Iterable<Complaint>;
  /** What tells its store from others: two apps with equal ones share a store, and with another it is opened anew. */
  readonly identity: (app: App) => object;
  /** Its own settings that decide how people look: all connectors of one store have the same. */
  readonly mapped?: readonly string[];
  /** Not yet open. */
  readonly create: (app: App, surroundings: Surroundings) => Promise<Backend>;
  /**
   * Not yet open; reads beside the connector that has the store open, and refuses every write. Absent: what `create` makes
   * takes nothing away from others.
   */
  readonly reader?: (app: App, surroundings: Surroundings) => Promise<Backend>;
  /**
   * Reads beside the connector that has the store open and makes nobody wait. Absent: nothing is known before it is done.
   * @throws unavailable, invalidValue
   */
  readonly rehearse?: (app: App) => Promise<Rehearsal>;
  /** Accounts that are there and that no list holds. Absent: a list holds everybody. @throws unavailable */
  readonly census?: (app: App, options: CensusOptions) => Promise<Census>;
  /** What can be found out about the store without writing. @throws whatever stands in the way */
  readonly examine: (app: App) => Promise<readonly Finding[]>;
  /** What the store does for a filter, found by asking it; writes nothing. Absent: it cannot tell. @throws unavailable */
  readonly explainFilter?: (app: App, question: FilterQuestion) => Promise<FilterExplanation>;
  /** The rule that lets the service account do its work, in the store's own commands. Absent: none is needed. */
  readonly access?: (app: App) => Promise<string>;
  /** The role that it logs in as, where that may be made by SQL. Absent: there is none. */
  readonly role?: (app: App) => Promise<DatabaseRole>;
  /** Asks for what it has to know, tries it and proposes the rest. Absent: it needs nothing that is not there by default. */
  readonly setUp?: (subject: SetUpSubject<App>) => Promise<SetUp>;
  /** Absent: the store keeps resources as they come. */
  readonly mapping?: Mapping<App>;
  /** Absent: entitlements are kept by the store's own tools, or in the configuration. */
  readonly entitlementKeeping?: EntitlementKeeping<App>;
  /** Absent: the store's own tools copy it. */
  readonly transfer?: Transfer<App>;
  /** Absent: people do not move in or out as they are. */
  readonly moving?: Moving<App>;
  /** Those tools, for people: "the directory's own tools, such as ldapsearch". */
  readonly tools?: string;
  /** Version of the engine that runs inside this process. Absent: there is none. */
  readonly engineVersion?: () => Promise<string>;
}
