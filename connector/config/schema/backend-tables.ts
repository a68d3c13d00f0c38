import * as z from 'zod';
import { catalogue } from '../../backend/catalogue.ts';

/** The default comes first. */
export const backendNames = catalogue.map(({ name }) => name);

/** [apps.NAME.sqlite], [apps.NAME.ldap] and so on. */
export const ownTables: z.ZodRawShape = Object.fromEntries(
  catalogue.map(({ name, own }) => [name, z.strictObject(own.settings).prefault({}).describe(own.description)]),
);

/** Tables that backends add to. */
type Shared = 'users' | 'groups' | 'entitlements';

/** What backends add to a table that all have. */
export const addedTo = (table: Shared): z.ZodRawShape =>
  Object.fromEntries(catalogue.flatMap((module) => Object.entries(module[table]?.settings ?? {})));

/** "Users", and what backends have to say about their settings there. */
export const explained = (heading: string, table: Shared): string =>
  [heading, ...catalogue.flatMap((module) => module[table]?.description ?? [])].join('. ');
