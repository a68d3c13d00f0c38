import { type Attributes, isComplex } from '../../../scim/resource.ts';
import { damaged } from '../connection/sqlite-errors.ts';

/** @throws unavailable  the document of resource `id` is not what was written */
export function parseDocument(id: string, doc: string): Attributes {
  let parsed: unknown;
  try {
    parsed = JSON.parse(doc);
  } catch {
    // The parser's own error would quote the person.
    throw damaged([id]);
  }
  if (isComplex(parsed)) return parsed as Attributes;
  throw damaged([id]);
}
