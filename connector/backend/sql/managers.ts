import { type Attributes, type Complex, isComplex } from '../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';

function managerIn(attributes: Attributes): Complex | undefined {
  const block = attributes[ENTERPRISE_SCHEMA];
  const manager = isComplex(block) ? block['manager'] : undefined;
  return isComplex(manager) ? manager : undefined;
}

/** Ids are found whatever their case. */
const keyOf = ({ managerId }: Complex): string => (typeof managerId === 'string' ? managerId.toLowerCase() : '');

/** The ids of the managers that documents name, each once and in lower case. */
export const managerIdsIn = (documents: readonly Attributes[]): readonly string[] => [
  ...new Set(documents.map(managerIn).flatMap((manager) => (manager ? [keyOf(manager)] : []))),
];

/** A document with the `displayName` of its manager. @param names  of managers, by their id in lower case */
export function withManagerName(document: Attributes, names: ReadonlyMap<string, unknown>): Attributes {
  const manager = managerIn(document);
  const displayName = manager && names.get(keyOf(manager));
  if (typeof displayName !== 'string' || displayName === '') return document;
  const block = { ...(document[ENTERPRISE_SCHEMA] as Attributes), manager: { ...manager, displayName } };
  return { ...document, [ENTERPRISE_SCHEMA]: block };
}
