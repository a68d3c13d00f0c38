import type { ResourceTypes } from '../../../scim/schema/resource-type.ts';
import { type Directory, firstText, type RootDse } from '../directory/session.ts';
import type { LdapBackendOptions } from '../settings/options.ts';
import type { ObjectClasses } from './object-classes.ts';
import { readSubschema } from './subschema.ts';
import { plantTree, type Tree } from './tree.ts';
import { withLimits } from './value-limits.ts';

/** What a directory says of itself, and what the settings make of it. */
export interface KnownDirectory {
  readonly dse: RootDse;
  readonly classes: ObjectClasses;
  readonly tree: Tree;
}

/** @throws invalidValue naming the setting at fault, LdapFailure */
export async function readTree(
  directory: Directory,
  signal: AbortSignal,
  options: LdapBackendOptions,
  types: ResourceTypes,
): Promise<KnownDirectory> {
  const dse = await directory.rootDse(signal);
  const { schema, classes } = await directory.read(signal, async (session) => {
    const told = await readSubschema(session, dse);
    return { ...told, schema: await withLimits(session, told.schema, firstText(dse, 'schemaNamingContext')) };
  });
  return { dse, classes, tree: plantTree(options, types, dse, schema) };
}
