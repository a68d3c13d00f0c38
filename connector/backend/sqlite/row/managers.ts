import { type Attributes, type Complex, isComplex } from '../../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import type { Connection } from '../connection/connection.ts';
import { parseDocument } from './parse-document.ts';

const MANAGERS = `
SELECT m.id, m.doc
FROM json_each(?) AS p CROSS JOIN resource AS m ON m.id = p.value WHERE m.type = 'User'`;

function managerIn(attributes: Attributes): Complex | undefined {
  const block = attributes[ENTERPRISE_SCHEMA];
  const manager = isComplex(block) ? block['manager'] : undefined;
  return isComplex(manager) ? manager : undefined;
}

/** Ids are found whatever their case. */
const keyOf = ({ managerId }: Complex): string => (typeof managerId === 'string' ? managerId.toLowerCase() : '');

/** Each document with the `displayName` of its manager, as it is now. @throws unavailable  a manager's is damaged */
export function withManagers(connection: Connection, documents: readonly Attributes[]): readonly Attributes[] {
  const managers = documents.map(managerIn);
  const ids = new Set(managers.flatMap((manager) => (manager ? [keyOf(manager)] : [])));
  if (ids.size === 0) return documents;
  const rows = connection.rows<readonly [string, string]>(MANAGERS, JSON.stringify([...ids]));
  const names = new Map(rows.map(([id, doc]) => [id.toLowerCase(), parseDocument(id, doc)['displayName']]));
  return documents.map((document, index) => {
    const manager = managers[index];
    const displayName = manager && names.get(keyOf(manager));
    if (typeof displayName !== 'string' || displayName === '') return document;
    const block = { ...(document[ENTERPRISE_SCHEMA] as Attributes), manager: { ...manager, displayName } };
    return { ...document, [ENTERPRISE_SCHEMA]: block };
  });
}
