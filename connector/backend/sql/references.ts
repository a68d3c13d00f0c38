import type { Attribute } from '../../scim/schema/attribute.ts';
import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import type { BoundPath } from '../../scim/schema/resource-type.ts';
import type { Elements, Source } from './source.ts';
import type { Sql } from './sql.ts';

/** A computed attribute: its values are those of other resources. */
export type Reference = 'members' | 'groups' | 'managerName';

export function referenceOf({ extension, attribute, sub }: BoundPath): Reference | undefined {
  if (extension === ENTERPRISE_SCHEMA) {
    return attribute.name === 'manager' && sub?.name === 'displayName' ? 'managerName' : undefined;
  }
  if (extension !== undefined) return undefined;
  return attribute.name === 'members' || attribute.name === 'groups' ? attribute.name : undefined;
}

/** Where the values of computed attributes are found, seen from the row `r` of `resource`; another resource is `m`. */
export interface References {
  readonly managerName: Source;
  membersSource(part: Attribute): Source;
  readonly memberElements: Elements;
  /** Direct and indirect ones, each once. */
  readonly groupElements: Elements;
  readonly hasMembers: Sql;
  readonly hasGroups: Sql;
  /** In a group that does not name the user itself. */
  readonly hasIndirectGroups: Sql;
  /** Groups with the member `m`, from the member's side of the index. */
  groupsWith(member: Sql): Sql;
  /** Everybody within a group `m` that passes `test`, however deep. */
  within(test: Sql): Sql;
}
