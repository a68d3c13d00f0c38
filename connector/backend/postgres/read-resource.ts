import type { Read } from '../../scim/query.ts';
import type { Resource } from '../../scim/resource.ts';
import type { TypeName } from '../../scim/schema/resource-type.ts';
import { findRow } from './row/row.ts';
import { toResource } from './row/rows-to-resources.ts';
import type { Reader } from './row/statement.ts';

/** One resource. @throws notFound, unavailable */
export async function readResource(reader: Reader, type: TypeName, id: string, read?: Read): Promise<Resource> {
  return toResource(reader, await findRow(reader, type, id), read);
}
