import { join } from 'node:path';
import Database from 'better-sqlite3';
import { serveDirectory, startDirectory } from './directory-servers.ts';
import type { Bench } from './trial.ts';
import type { TrialServer } from './trial-server.ts';

/** Where people are, looked at past the connector: everything that is there, by its place. */
export interface DoctorStore {
  /** Starts the connector, for the first time and again. */
  serve(): Promise<TrialServer>;
  look(): Promise<ReadonlyMap<string, string>>;
}

const TABLES = {
  resource: 'SELECT seq AS place, * FROM resource',
  membership: "SELECT group_seq || ' ' || member_seq AS place, * FROM membership",
  email: "SELECT value || ' ' || seq AS place, * FROM email",
  password: 'SELECT seq AS place, * FROM password',
} as const;

/** Rows of the database, with versions and times. */
export async function fileStore(bench: Bench): Promise<DoctorStore> {
  return {
    serve: () => bench.serve(),
    look: async () => {
      const db = new Database(join(bench.folder, 'connector.db'), { readonly: true });
      try {
        return new Map(
          Object.entries(TABLES).flatMap(([table, sql]) =>
            (db.prepare(sql).all() as { readonly place: unknown }[]).map(
              (row) => [`${table} ${row.place}`, JSON.stringify(row)] as const,
            ),
          ),
        );
      } finally {
        db.close();
      }
    },
  };
}

/** Entries of the directory as `ldapsearch` shows them to its administrator, with what it keeps of each write. */
export async function directoryStore(bench: Bench): Promise<DoctorStore> {
  const lab = await startDirectory(bench, 'openldap');
  return {
    serve: () => serveDirectory(bench, lab, 'connector'),
    look: async () => {
      const { people, groups } = lab.flavour;
      const texts = await Promise.all([people, groups].map((base) => lab.find(base, '(objectClass=*)', '*', '+')));
      const entries = texts.flatMap((text) => text.split('\n\n')).filter((entry) => entry.trim() !== '');
      return new Map(entries.map((entry) => [entry.split('\n', 1)[0] ?? '', entry] as const));
    },
  };
}
