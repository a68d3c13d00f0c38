import type { Config } from '../config/config.ts';
import type { Database } from '../postgres/database.ts';

/** What `state = "postgres"` opens: the database that connectors share, and which of them this one is. */
export interface SharedState {
  /** Its tables are called `scim.NAME` in every statement. */
  readonly database: Database;
  /** A UUID, the same for as long as the state folder is. */
  readonly node: string;
  /** For people: the host's. */
  readonly nodeName: string;
  close(): Promise<void>;
}

export type StateConfig = Pick<Config, 'state' | 'state_dir'>;
