import { notFound } from '../../../scim/error.ts';
import type { Read } from '../../../scim/query.ts';
import type { Resource } from '../../../scim/resource.ts';
import type { Row } from '../row/row.ts';
import { toResources } from '../row/rows-to-resources.ts';
import type { Reader } from '../row/statement.ts';

/** A resource as it has just been written. @throws notFound  somebody has deleted it since */
export async function resourceOf(reader: Reader, row: Row, read: Read | undefined): Promise<Resource> {
  const [resource] = await toResources(reader, [row], read);
  if (!resource) throw notFound(row[2], row[1]);
  return resource;
}
