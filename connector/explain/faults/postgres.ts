import type { PostgresFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const DATABASE = "the database's administrator";
const CONFIGURATION = "the connector's configuration";
const NOBODY = 'nobody: it passes by itself';
const CHECK = { run: ['scim-connector check'] };
const GRANTS = [
  'This prints all that the role needs, as SQL. Give it to its administrator:',
  { run: ['scim-connector check --print-grants', 'scim-connector check'] },
];

export const POSTGRES_FAULTS: Faults<PostgresFault> = {
  'postgres-silent': {
    title: 'PostgreSQL does not answer in time',
    meaning:
      'Its server takes connections and then says nothing, or a statement takes far too long: it hangs, is overloaded, or waits for somebody who holds a lock.',
    whose: DATABASE,
    fix: [
      'Its own log tells why, and this who waits for whom:',
      {
        on: 'the database',
        run: ['SELECT pid, state, wait_event_type, pg_blocking_pids(pid), query_start FROM pg_stat_activity;'],
      },
      CHECK,
    ],
    retry: 'itself',
    example: 'PostgreSQL: the database server did not answer within 22.5 s; see its own log',
    patterns: [/database server did not answer/, /server took longer than it may/, /canceling statement due to/],
    seen: 'status: backend red',
  },
  'postgres-restarting': {
    title: 'PostgreSQL is restarting, or another server takes over',
    meaning:
      'The server ended the connection because it goes down, comes up, or gives its place to another. The connector waits for a few seconds and then says so.',
    whose: NOBODY,
    fix: [
      'Nothing: Okta repeats it. If it lasts, look at the server:',
      { on: 'the database server', run: ['systemctl status postgresql', 'pg_isready'] },
    ],
    retry: 'itself',
    example: 'PostgreSQL: the server is going down or coming up',
    patterns: [/server is going down or coming up/, /the database system is (starting up|shutting down)/],
  },
  'postgres-contended': {
    title: 'Others change the same in PostgreSQL at the same moment',
    meaning: 'Two changes were in the way of one another again and again, or somebody holds a lock for long.',
    whose: NOBODY,
    fix: [
      'Nothing: Okta repeats it. If it lasts, an application holds a lock; this tells which:',
      {
        on: 'the database',
        run: ['SELECT pid, application_name, xact_start, query FROM pg_stat_activity ORDER BY xact_start;'],
      },
    ],
    retry: 'itself',
    example: 'PostgreSQL: others hold what is to be changed; try again',
    patterns: [/others (hold what is to be changed|change the same)/, /deadlock detected/],
  },
  'postgres-pool-busy': {
    title: 'All connections to PostgreSQL are busy',
    meaning: 'More is asked at the same time than pool_size lets through, or the server has become slow.',
    whose: CONFIGURATION,
    fix: [
      'See how busy they are in the metrics, and let more through:',
      { run: ['pool_size = 20   # under [apps.NAME.postgres]'] },
      'The server needs as many in max_connections, for each connector.',
    ],
    retry: 'itself',
    example: 'PostgreSQL: all 10 connections are busy; raise pool_size',
    patterns: [/all \S+ connections are busy/],
  },
  'postgres-connections-exhausted': {
    title: 'PostgreSQL has no connection left',
    meaning: 'The server, the role, or the pooler in front of it lets no more connections in.',
    whose: DATABASE,
    fix: [
      'See who has them, and raise max_connections or the limit of the role; or lower pool_size of the connector:',
      {
        on: 'the database',
        run: ['SELECT usename, application_name, count(*) FROM pg_stat_activity GROUP BY 1, 2 ORDER BY 3 DESC;'],
      },
    ],
    retry: 'itself',
    example: 'PostgreSQL: the server has no connection left for us; raise max_connections there, or lower pool_size',
    patterns: [
      /no connection left for us/,
      /too many (clients|connections)/i,
      /remaining connection slots/,
      /no more connections allowed/,
    ],
  },
  'postgres-commit-unanswered': {
    title: 'PostgreSQL did not confirm a change',
    meaning:
      'The connection broke while a change was committed, and nobody could be asked afterwards. It may have been made.',
    whose: NOBODY,
    fix: ['Nothing: Okta repeats it, and what was made is not made twice.'],
    retry: 'itself',
    example:
      'PostgreSQL: the connection to the database was lost while a change was committed; it may have been made all the same',
    patterns: [/lost while a change was committed/],
  },
  'postgres-read-only': {
    title: 'The PostgreSQL server takes no changes',
    meaning:
      'The connector is connected to a standby, which may lag behind, or the server was made read-only. The connector reads from the primary alone: a list that lags behind would make Okta believe that people were deleted.',
    whose: CONFIGURATION,
    fix: [
      'Name every server in the URL: the connector finds the primary, also when it changes:',
      'url = "postgres://scim@db1.corp.example:5432,db2.corp.example:5432/scim" under [apps.NAME.postgres].',
      CHECK,
    ],
    retry: 'after the fix',
    example: 'PostgreSQL: db2.corp.example:5432 is a standby, which may lag behind; name the primary in url too',
    patterns: [
      /is a standby, which may lag behind/,
      /takes no changes/,
      /cannot execute .* in a read-only transaction/,
      /read-write mode during recovery/,
    ],
  },
  'postgres-disk-full': {
    title: "The disk of PostgreSQL's server is full",
    meaning: 'Nothing can be written until there is room. What was confirmed is safe.',
    whose: DATABASE,
    fix: [
      'Free some space there; a replication slot that nobody reads keeps files without end:',
      { on: 'the database server', run: ['df -h'] },
      { on: 'the database', run: ['SELECT slot_name, active, wal_status FROM pg_replication_slots;'] },
    ],
    retry: 'after the fix',
    example: 'PostgreSQL: the disk of the database server is full; free some space there',
    patterns: [/disk of the database server is full/, /could not (extend|write to) file.*No space left/],
  },
  'postgres-right-missing': {
    title: "The connector's role may not do this in PostgreSQL",
    meaning: 'The server knows the role, and it lacks a right on the schema or on a table.',
    whose: DATABASE,
    fix: GRANTS,
    retry: 'after the fix',
    example: 'PostgreSQL: the role may not do this: GRANT USAGE, CREATE ON SCHEMA scim to it; see check --print-grants',
    patterns: [
      /the role (may not do this|lacks a right)/,
      /permission denied for (schema|table|view|database|function)/,
    ],
  },
  'postgres-schema-missing': {
    title: 'The schema is not in the database',
    meaning: 'The schema that the connector keeps its tables in was never made, or was dropped.',
    whose: DATABASE,
    fix: GRANTS,
    retry: 'after the fix',
    example: 'PostgreSQL: the schema is not there; check --print-grants prints what makes it',
    patterns: [/PostgreSQL: the schema is not there/, /schema "[^"]*" does not exist/],
  },
  'postgres-failed': {
    title: 'PostgreSQL failed in a way of its own',
    meaning: 'It answered with an error that is none of the usual ones.',
    whose: DATABASE,
    fix: ['Its own log tells more; its words stand in the log line with the reference.', CHECK],
    retry: 'now',
    example: 'PostgreSQL: the server failed (SQLSTATE XX000); its own log tells more',
    patterns: [/the server failed \(SQLSTATE/, /the server has no memory left/],
  },
};
