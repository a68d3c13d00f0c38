import type { Comparison, Literal } from '../../scim/filter/ast.ts';
import type { BoundPath } from '../../scim/schema/resource-type.ts';
import { comparand } from '../../scim/text.ts';

/** A client's literal in comparable form. */
export function wanted({ attribute, sub }: BoundPath, op: Comparison, value: Literal): Literal {
  const target = sub ?? attribute;
  return typeof value !== 'string' || target.type === 'binary' ? value : comparand(target, op, value);
}
