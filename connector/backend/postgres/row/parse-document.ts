import { unavailable } from '../../../postgres/postgres-errors.ts';
import { type Attributes, isComplex } from '../../../scim/resource.ts';

/** Seen in the documents of some resources: whose they are stands in the log. */
class DamagedDocument extends Error {
  readonly logged: { readonly resources: readonly string[] };

  constructor(resources: readonly string[]) {
    super('the document of a resource cannot be read');
    this.logged = { resources };
  }
}

/** @throws unavailable  the document of resource `id` is not what was written: the column holds JSON, whatever it says */
export function parseDocument(id: string, doc: string): Attributes {
  const parsed: unknown = JSON.parse(doc);
  if (isComplex(parsed)) return parsed as Attributes;
  const text = 'the database holds what the connector has not written; restore a backup';
  throw unavailable('database-damaged', text, { cause: new DamagedDocument([id]) });
}
