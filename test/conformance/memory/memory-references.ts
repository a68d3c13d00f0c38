import { displayName } from '../../../connector/scim/names.ts';
import type { Read } from '../../../connector/scim/query.ts';
import type { Attributes, Complex } from '../../../connector/scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../../connector/scim/schema/names.ts';
import type { ResourceType } from '../../../connector/scim/schema/resource-type.ts';

export interface Entry {
  readonly id: string;
  /** Rises with each one that is created. */
  readonly seq: number;
  readonly type: ResourceType;
  /** Unit of both: ms since 1970. */
  readonly created: number;
  modified: number;
  version: number;
  attributes: Attributes;
  members: Set<string>;
}

type Entries = ReadonlyMap<string, Entry>;

const display = ({ type, attributes }: Entry): string => displayName(type, attributes);

/** The attributes of `entry` that follow from other resources: `members`, `groups`, `manager.displayName`. */
export function references(entries: Entries, entry: Entry, { without = [], bare }: Read): Attributes {
  return {
    ...manager(entries, entry),
    ...(entry.type.showsGroups && !without.includes('groups') ? groups(entries, entry.id) : {}),
    ...(entry.type.hasMembers && !without.includes('members') ? members(entries, entry, bare) : {}),
  };
}

function members(entries: Entries, group: Entry, bare?: true): Attributes {
  const elements: Complex[] = [];
  for (const member of entries.values()) {
    if (!group.members.has(member.id)) continue;
    const named = bare ? {} : { display: display(member), type: member.type.name };
    elements.push({ value: member.id, ...named });
  }
  return elements.length === 0 ? {} : { members: elements };
}

function groups(entries: Entries, id: string): Attributes {
  const reached = new Set<string>([id]);
  // A Set may grow while it is walked: each group once, whatever the cycles.
  for (const next of reached) {
    for (const group of entries.values()) if (group.members.has(next)) reached.add(group.id);
  }
  const found = [...entries.values()].filter((entry) => entry.id !== id && reached.has(entry.id));
  const element = (group: Entry, type: string): Complex => ({ value: group.id, display: display(group), type });
  const elements = [
    ...found.filter((group) => group.members.has(id)).map((group) => element(group, 'direct')),
    ...found.filter((group) => !group.members.has(id)).map((group) => element(group, 'indirect')),
  ];
  return elements.length === 0 ? {} : { groups: elements };
}

function manager(entries: Entries, { attributes }: Entry): Attributes {
  const block = attributes[ENTERPRISE_SCHEMA] as Attributes | undefined;
  const reference = block?.['manager'] as Complex | undefined;
  if (!block || !reference) return {};
  const { displayName: _, ...kept } = reference;
  const superior = entries.get(String(reference['managerId']));
  const name = superior?.type.isAccount ? superior.attributes['displayName'] : undefined;
  const shown: Complex = name === undefined ? kept : { ...kept, displayName: String(name) };
  return { [ENTERPRISE_SCHEMA]: { ...block, manager: shown } };
}
