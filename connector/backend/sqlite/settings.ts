import { join } from 'node:path';
import * as z from 'zod';
import type { Complaint } from '../../config/vocabulary/complaint.ts';
import { path } from '../../config/vocabulary/scalars.ts';
import type { SettingsOf } from '../../config/vocabulary/settings-of.ts';
import type { AppSettings } from '../module/app-settings.ts';
import type { Owner, Table } from '../module/backend-module.ts';

const FILE = 'connector.db';

/** Where people are kept when nothing else is said. */
export const defaultFile = ({ app, stateDir }: Owner): string => join(stateDir, app === 'default' ? FILE : `${app}.db`);

const settings = {
  file: path({
    description: 'The database',
    computed: `"${FILE}" for the app "default", "NAME.db" for others, inside state_dir`,
    example: FILE,
  }).exactOptional(),
  passwords: z
    .enum(['hash', 'discard'])
    .default('hash')
    .describe('"hash" stores a salted hash that an application can verify; "discard" stores nothing'),
};

/** [apps.NAME.sqlite] */
export const table = { description: 'The SQLite backend', settings } satisfies Table;

/** `file` is made on opening, with its folder, when it does not exist. */
export type SqliteSettings = Required<SettingsOf<typeof settings>>;

export interface SqliteApp extends AppSettings {
  readonly sqlite: SqliteSettings;
}

export function* complaints(app: SqliteApp, others: readonly SqliteApp[]): Generator<Complaint> {
  for (const other of others)
    if (app.sqlite.file === other.sqlite.file)
      yield {
        path: ['apps', app.name, 'sqlite', 'file'],
        text: `is also the database of the app ${other.name}; give each app its own`,
      };
}
