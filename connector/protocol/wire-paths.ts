import { type Path, parsePath } from '../scim/path.ts';
import { findExtension, isCoreSchema, type Schema } from '../scim/schema/resource-type.ts';
import type { SchemaNames } from './schema-names.ts';

/** `path` with our name of its schema. */
export const ourPath = (names: SchemaNames, path: Path): Path =>
  renamed(names, path.urn === undefined ? path : { ...path, urn: names.ours(path.urn) });

const renamed = ({ ourPath }: SchemaNames, path: Path): Path => ourPath?.(path) ?? path;

/** A client's attribute path, in our names; `undefined` when it is none. */
export function readPath(names: SchemaNames, text: string): Path | undefined {
  const path = parsePath(text);
  return path && ourPath(names, path);
}

/** The extension whose attributes come under `urn`. The core schema is none. */
export function extensionAt(names: SchemaNames, type: Schema, urn: string): ReturnType<typeof findExtension> {
  const name = names.ours(urn);
  return isCoreSchema(name) ? undefined : findExtension(type, name);
}
