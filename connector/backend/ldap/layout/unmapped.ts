import { type Attributes, isUrn } from '../../../scim/resource.ts';
import { findExtension } from '../../../scim/schema/resource-type.ts';
import { type Row, scimPathOf } from '../mapping/attribute-mapping.ts';
import { overruled } from '../mapping/shared-attributes.ts';
import type { Branch } from './branch.ts';

/** Kept by other means than a row, or not by the client. */
const ELSEWHERE: ReadonlySet<string> = new Set(['active', 'password', 'members', 'groups', 'id', 'meta', 'schemas']);

/** Attributes whose values are dropped, as the log must say: those that two share one place with, and lost it. */
export const overruledAttributes = ({ table }: Branch, attributes: Attributes): string[] =>
  overruled(table, attributes).map(
    ({ row, by }) => `${scimPathOf(row)} (differs from ${scimPathOf(by)}, which ${row.ldap} keeps)`,
  );

/** Attributes that the mapping has no place for. */
export function unmappedAttributes({ table, rdn }: Branch, attributes: Attributes): string[] {
  const rows = table.rows.filter(({ writable }) => writable !== 'never');
  const used = new Set([...rdn.value.uses, ...rows.flatMap(({ otherwise }) => otherwise.flatMap((t) => [...t.uses]))]);
  const leadsTo = (name: string, urn?: string): boolean =>
    rows.some(({ scim }: Row) => scim?.attribute.name === name && scim.extension?.urn === urn);
  return Object.entries(attributes).flatMap(([name, value]) => {
    if (!isUrn(name)) return ELSEWHERE.has(name) || used.has(name) || leadsTo(name) ? [] : [name];
    const urn = findExtension(table.type, name)?.extension.urn;
    return Object.keys(value as Attributes).flatMap((sub) => (leadsTo(sub, urn) ? [] : [`${name}:${sub}`]));
  });
}
