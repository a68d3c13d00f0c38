import type { ResourceTypes } from '../../../scim/schema/resource-type.ts';
import { type Directory, firstText, type RootDse } from '../directory/session.ts';
import type { LdapBackendOptions } from '../settings/options.ts';
import { type ObjectClasses, readObjectClasses } from './object-classes.ts';
import { readSchema } from './schema.ts';
import { plantTree, type Tree } from './tree.ts';

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
  const subschema = firstText(dse, 'subschemaSubentry');
  const [schema, classes] = await directory.read(signal, (session) =>
    Promise.all([readSchema(session, subschema), readObjectClasses(session, subschema)]),
  );
  return { dse, classes, tree: plantTree(options, types, dse, schema) };
}
