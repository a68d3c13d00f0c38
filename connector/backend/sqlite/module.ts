import type { BackendModule } from '../module/backend-module.ts';
import type { Transfer } from '../module/transfer.ts';
import { complaints, defaultFile, type SqliteApp, table } from './settings.ts';

const transfer: Transfer<SqliteApp> = {
  what: 'the SQLite database',
  file: {
    path: ({ sqlite }) => sqlite.file,
    backUp: async ({ sqlite }, target, options) =>
      (await import('./file/backup.ts')).backup(sqlite.file, target, options),
    restore: async ({ sqlite }, source) => (await import('./file/backup.ts')).restore(source, sqlite.file),
  },
  exported: async ({ sqlite }, options) => (await import('./transfer/export.ts')).exportResources(sqlite.file, options),
  intake: {
    import: async ({ sqlite }, resources, { signal, ...options }) => {
      const { SqliteBackend } = await import('./sqlite-backend.ts');
      const backend = new SqliteBackend(sqlite);
      await backend.open();
      try {
        return await backend.importResources(
          { requestId: 'import', actor: 'command line', signal },
          resources,
          options,
        );
      } finally {
        await backend.close();
      }
    },
    tryImport: async ({ sqlite: { file, passwords } }, candidates, options) =>
      (await import('./transfer/try-import.ts')).tryImport(file, candidates, { ...options, passwords }),
  },
};

/** People in a SQLite file. */
export const sqlite: BackendModule<SqliteApp> = {
  name: 'sqlite',
  isDefault: true,
  place: 'a SQLite database',
  described: 'A file of our own, made at the first start. Nothing more is asked for.',
  own: table,
  shortFlags: { db: { setting: 'file', describe: 'SQLite file' } },
  defaults: (owner) => ({ file: defaultFile(owner) }),
  complaints,
  // Users' and groups' own attributes need no other file: they are in the documents.
  identity: (app) => app.sqlite,
  mapped: ['passwords'],
  create: async (app) => new (await import('./sqlite-backend.ts')).SqliteBackend(app.sqlite),
  reader: async (app) => new (await import('./sqlite-reader.ts')).SqliteReader(app.sqlite.file),
  rehearse: async (app) => (await import('./rehearse.ts')).rehearse(app.sqlite),
  examine: async (app) => (await import('./examine.ts')).examine(app.sqlite),
  explainFilter: async (app, question) =>
    (await import('./explanation/explain-filter.ts')).explainFilter(app.sqlite.file, question),
  entitlementKeeping: {
    put: async ({ sqlite }, type, definitions) =>
      (await import('./entitlements/keep-entitlements.ts')).putEntitlements(sqlite.file, type, definitions),
    remove: async ({ sqlite }, type, ids) =>
      (await import('./entitlements/keep-entitlements.ts')).removeEntitlements(sqlite.file, type, ids),
  },
  transfer,
  moving: {
    leave: async ({ sqlite }, { alone }) => (await import('./transfer/departure.ts')).departFrom(sqlite.file, alone),
  },
  engineVersion: async () => (await import('./connection/sqlite-version.ts')).sqliteVersion(),
};
