import * as z from 'zod';
import type { Complaint } from '../../config/vocabulary/complaint.ts';
import { optional } from '../../config/vocabulary/scalars.ts';
import type { SettingsOf } from '../../config/vocabulary/settings-of.ts';
import { addressOf } from '../../postgres/address.ts';
import { connectionComplaints } from '../../postgres/complaints.ts';
import { postgresSettings } from '../../postgres/settings.ts';
import type { AppSettings } from '../module/app-settings.ts';
import type { Owner, Table } from '../module/backend-module.ts';

/** Where the tables are when nothing else is said. */
export const defaultSchema = ({ app }: Pick<Owner, 'app'>): string =>
  app === 'default' ? 'scim' : `scim_${app.replaceAll('-', '_')}`;

const settings = {
  ...postgresSettings,
  schema: optional(
    z
      .string()
      .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'must be small letters, digits and _, up to 63 of them')
      .refine((name) => !name.startsWith('pg_'), 'must not begin with pg_, as those of PostgreSQL itself do'),
    {
      description: 'Schema that holds the tables, made where it is missing and the role may',
      computed: '"scim" for the app "default", "scim_NAME" for others',
      example: 'scim',
    },
  ),
  passwords: z
    .enum(['hash', 'discard'])
    .default('hash')
    .describe('"hash" stores a salted hash that an application can verify; "discard" stores nothing'),
};

/** [apps.NAME.postgres] */
export const table = { description: 'The PostgreSQL backend', settings } satisfies Table;

export type PeopleSettings = SettingsOf<typeof settings> & { readonly schema: string };

export interface PostgresApp extends AppSettings {
  readonly postgres: PeopleSettings;
}

/** Whether they lead to one database: a host that both may find the primary at, and its name. */
function areOneDatabase(one: PeopleSettings, other: PeopleSettings): boolean {
  const [here, there] = [addressOf(one.url ?? ''), addressOf(other.url ?? '')];
  if ('complaint' in here || 'complaint' in there || here.database !== there.database) return false;
  return here.hosts.some(({ host, port }) => there.hosts.some((each) => each.host === host && each.port === port));
}

export function* complaints({ name, postgres }: PostgresApp, others: readonly PostgresApp[]): Generator<Complaint> {
  if (postgres.url === undefined)
    yield {
      path: ['apps', name, 'postgres', 'url'],
      text: 'missing; name the database, as in "postgres://scim@db.corp.example:5432/scim"',
    };
  yield* connectionComplaints(postgres, ['apps', name, 'postgres']);
  for (const other of others)
    if (postgres.schema === other.postgres.schema && areOneDatabase(postgres, other.postgres))
      yield {
        path: ['apps', name, 'postgres', 'schema'],
        text: `"${postgres.schema}" is also the schema of the app ${other.name} in the same database; give each app its own`,
      };
}
