import * as z from 'zod';
import { catalogue } from '../../backend/catalogue.ts';

/** The default comes first. */
export const backendNames = catalogue.map(({ name }) => name);

/** [apps.NAME.sqlite], [apps.NAME.ldap] and so on. */
export const ownTables: z.ZodRawShape = Object.fromEntries(
  catalogue.map(({ name, own }) => [name, z.strictObject(own.settings).prefault({}).describe(own.description)]),
);

/** What backends add to the table of users or of groups. */
export const addedTo = (table: 'users' | 'groups'): z.ZodRawShape =>
  Object.fromEntries(catalogue.flatMap((module) => Object.entries(module[table]?.settings ?? {})));

/** "Users", and what backends have to say about their settings there. */
export const explained = (heading: string, table: 'users' | 'groups'): string =>
  [heading, ...catalogue.flatMap((module) => module[table]?.description ?? [])].join('. ');
