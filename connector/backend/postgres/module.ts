import type { BackendModule } from '../module/backend-module.ts';
import { complaints, defaultSchema, type PeopleSettings, type PostgresApp, table } from './settings.ts';

const placeOf = (settings: PeopleSettings) => ({ settings, schema: settings.schema });

/** People in a PostgreSQL database, which several connectors may share. */
export const postgres: BackendModule<PostgresApp> = {
  name: 'postgres',
  place: 'a PostgreSQL database',
  described:
    'A database that is there already, which two connectors may share. Its address and a password are asked for, and tried.',
  own: table,
  shortFlags: {
    'postgres-url': { setting: 'url', describe: 'PostgreSQL database, as postgres://user@host:5432/database' },
  },
  defaults: (owner) => ({ schema: defaultSchema(owner) }),
  complaints,
  // Users' and groups' own attributes need no other tables: they are in the documents.
  identity: (app) => app.postgres,
  mapped: ['schema', 'passwords'],
  create: async (app, surroundings) =>
    new (await import('./postgres-backend.ts')).PostgresBackend(app.postgres, surroundings),
  reader: async (app, surroundings) =>
    new (await import('./postgres-reader.ts')).PostgresReader(app.postgres, surroundings),
  examine: async (app) => (await import('./examine.ts')).examine(app.postgres),
  explainFilter: async (app, question) =>
    (await import('./explanation/explain-filter.ts')).explainFilter(app.postgres, question),
  role: async (app) => (await import('./database-role.ts')).databaseRole(app.postgres),
  setUp: async (subject) => (await import('./setup/set-up.ts')).setUp(subject),
  entitlementKeeping: {
    put: async ({ postgres: settings }, type, definitions) =>
      (await import('./entitlements/keep-entitlements.ts')).putEntitlements(placeOf(settings), type, definitions),
    remove: async ({ postgres: settings }, type, ids) =>
      (await import('./entitlements/keep-entitlements.ts')).removeEntitlements(placeOf(settings), type, ids),
  },
  transfer: {
    what: 'PostgreSQL',
    exported: async ({ postgres: settings }, options) =>
      (await import('./transfer/export.ts')).exportResources(settings, settings.schema, options),
  },
  moving: {
    arrive: async ({ postgres: settings }, signal) =>
      (await import('./transfer/arrive.ts')).arriveIn(settings, settings.schema, signal),
  },
  tools: "PostgreSQL's own tools, such as psql and pg_dump",
};
