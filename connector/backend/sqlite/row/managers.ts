import type { Attributes } from '../../../scim/resource.ts';
import { managerIdsIn, withManagerName } from '../../sql/managers.ts';
import type { Connection } from '../connection/connection.ts';
import { parseDocument } from './parse-document.ts';

const MANAGERS = `
SELECT m.id, m.doc
FROM json_each(?) AS p CROSS JOIN resource AS m ON m.id = p.value WHERE m.type = 'User'`;

/** Each document with the `displayName` of its manager, as it is now. @throws unavailable  a manager's is damaged */
export function withManagers(connection: Connection, documents: readonly Attributes[]): readonly Attributes[] {
  const ids = managerIdsIn(documents);
  if (ids.length === 0) return documents;
  const rows = connection.rows<readonly [string, string]>(MANAGERS, JSON.stringify(ids));
  const names = new Map(rows.map(([id, doc]) => [id.toLowerCase(), parseDocument(id, doc)['displayName']]));
  return documents.map((document) => withManagerName(document, names));
}
