/** What the role of an app's database has to own, and what of it applications may read. */
export interface DatabaseRole {
  /** Hosts and ports: roles of one name on two servers are two. */
  readonly server: string;
  readonly user: string;
  readonly database: string;
  readonly schema: string;
  /** Views in the schema. */
  readonly views: readonly string[];
}
