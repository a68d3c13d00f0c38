import type { Comparison } from '../../scim/filter/ast.ts';
import type { Attribute } from '../../scim/schema/attribute.ts';
import type { BoundPath } from '../../scim/schema/resource-type.ts';
import { byKey, type Condition, perRow } from './condition.ts';
import type { Dialect } from './dialect.ts';
import type { Reference } from './references.ts';
import { some } from './source.ts';
import { joined, raw, sql } from './sql.ts';

/** A comparison of a computed attribute. `value` is in comparable form. */
export function compareReference(
  dialect: Dialect,
  reference: Reference,
  path: BoundPath,
  op: Comparison,
  value: string,
): Condition {
  const { comparison, hasId, references } = dialect;
  const part = path.sub ?? path.attribute;
  switch (reference) {
    case 'managerName':
      return perRow(comparison(references.managerName.value, op, value));
    case 'members': {
      if (part.name === 'value' && op === 'eq') return byKey(references.groupsWith(hasId('m', part.caseExact, value)));
      const source = references.membersSource(part);
      return perRow(some(source, comparison(source.value, op, value)));
    }
    case 'groups':
      return part.name === 'type' ? compareKind(dialect, op, value) : compareGroup(dialect, part, op, value);
  }
}

/** `groups.type`: whether somebody is in a group himself, or by way of another. */
function compareKind({ comparison, references }: Dialect, op: Comparison, value: string): Condition {
  const direct = sql`(${comparison(raw("'direct'"), op, value)} AND ${references.hasGroups})`;
  const indirect = sql`(${comparison(raw("'indirect'"), op, value)} AND ${references.hasIndirectGroups})`;
  return perRow(joined([direct, indirect], 'OR'));
}

function compareGroup(
  { comparison, hasId, idIn, references }: Dialect,
  part: Attribute,
  op: Comparison,
  value: string,
): Condition {
  const isId = part.name === 'value';
  const test =
    isId && op === 'eq'
      ? hasId('m', part.caseExact, value)
      : // A group is shown by its displayName, which is also its key.
        comparison(isId ? idIn('m', part.caseExact) : raw('m.key'), op, value);
  const everybody = references.within(test);
  return {
    ...everybody,
    indexed: op === 'eq',
    costly: true,
    ranges: 1,
    finder: everybody,
    eachRow: some(references.groupElements, test),
  };
}
