import type { Comparison } from '../../../scim/filter/ast.ts';
import type { Attribute } from '../../../scim/schema/attribute.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import { comparison } from './comparison.ts';
import { byKey, type Condition, perRow } from './condition.ts';
import { hasId, idIn } from './id-in.ts';
import {
  groupElements,
  groupsWith,
  hasGroups,
  hasIndirectGroups,
  managerName,
  membersSource,
  type Reference,
  within,
} from './references-to-sql.ts';
import { some } from './source.ts';
import { joined, raw, sql } from './sql.ts';

/** A comparison of a computed attribute. `value` is in comparable form. */
export function compareReference(reference: Reference, path: BoundPath, op: Comparison, value: string): Condition {
  const part = path.sub ?? path.attribute;
  switch (reference) {
    case 'managerName':
      return perRow(comparison(managerName.value, op, value));
    case 'members': {
      if (part.name === 'value' && op === 'eq') return byKey(groupsWith(hasId('m', part.caseExact, value)));
      const source = membersSource(part);
      return perRow(some(source, comparison(source.value, op, value)));
    }
    case 'groups':
      return part.name === 'type' ? compareKind(op, value) : compareGroup(part, op, value);
  }
}

/** `groups.type`: whether somebody is in a group himself, or by way of another. */
function compareKind(op: Comparison, value: string): Condition {
  const direct = sql`(${comparison(raw("'direct'"), op, value)} AND ${hasGroups})`;
  const indirect = sql`(${comparison(raw("'indirect'"), op, value)} AND ${hasIndirectGroups})`;
  return perRow(joined([direct, indirect], 'OR'));
}

function compareGroup(part: Attribute, op: Comparison, value: string): Condition {
  const isId = part.name === 'value';
  const test =
    isId && op === 'eq'
      ? hasId('m', part.caseExact, value)
      : // A group is shown by its displayName, which is also its key.
        comparison(raw(isId ? idIn('m', part.caseExact) : 'm.key'), op, value);
  return { ...within(test), indexed: op === 'eq', costly: true, ranges: 1, eachRow: some(groupElements, test) };
}
