/** Where the test processes of this machine find the one server that they share. */
export const PLACE = 'scim-connector-tests/postgres-for-all';

/** What whoever asks there is told, as one line of JSON. */
export interface SharedServer {
  readonly port: number;
  /** pgbouncer in front of it, in transaction mode. */
  readonly poolerPort: number;
  readonly authorityFile: string;
}
