import type { BackendModule } from '../module/backend-module.ts';
import { complaints, defaultSchema, type PostgresApp, table } from './settings.ts';

/** People in a PostgreSQL database, which several connectors may share. */
export const postgres: BackendModule<PostgresApp> = {
  name: 'postgres',
  place: 'a PostgreSQL database',
  own: table,
  shortFlags: {
    'postgres-url': { setting: 'url', describe: 'PostgreSQL database, as postgres://user@host:5432/database' },
  },
  defaults: (owner) => ({ schema: defaultSchema(owner) }),
  complaints,
  // Users' and groups' own attributes need no other tables: they are in the documents.
  identity: (app) => app.postgres,
  create: async (app, surroundings) =>
    new (await import('./postgres-backend.ts')).PostgresBackend(app.postgres, surroundings),
  examine: async () => [],
  tools: "PostgreSQL's own tools, such as psql and pg_dump",
};
