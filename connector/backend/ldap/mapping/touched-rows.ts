import type { Change } from '../../../scim/change.ts';
import { findExtension } from '../../../scim/schema/resource-type.ts';
import type { Row, Table } from './attribute-mapping.ts';

/** Whether a row's values may differ after `changes`. */
export function touchedBy(table: Table, changes: readonly Change[]): (row: Row) => boolean {
  const core = new Set<string>();
  const inExtension = new Set<string>();
  for (const { path } of changes) {
    if (path.extension === undefined) core.add(path.attribute);
    else inExtension.add(`${findExtension(table.type, path.extension)?.extension.urn}:${path.attribute}`);
  }
  return ({ scim, otherwise, writable }) => {
    if (writable !== 'always') return false;
    // What was found to be free once stays.
    if (otherwise.some(({ uses, generator }) => !generator && [...uses].some((name) => core.has(name)))) return true;
    if (!scim) return false;
    const { extension, attribute } = scim;
    return extension ? inExtension.has(`${extension.urn}:${attribute.name}`) : core.has(attribute.name);
  };
}
