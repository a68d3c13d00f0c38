import { type Filter, foldFilter } from '../../scim/filter/ast.ts';
import type { BoundPath } from '../../scim/schema/resource-type.ts';
import type { Dialect } from './dialect.ts';
import { referenceOf } from './references.ts';
import { type Elements, some } from './source.ts';
import { contrary, joined, type Sql, sql } from './sql.ts';
import { wanted } from './wanted.ts';

/** A condition that one element of the list at `path` passes all of `filter`. */
export function elementToSql(dialect: Dialect, path: BoundPath, filter: Filter<BoundPath>): Sql {
  const elements = sourceOfElements(dialect, path);
  const part = ({ attribute, sub }: BoundPath): Sql => elements.part(sub ?? attribute);
  const test = foldFilter<BoundPath, Sql>(filter, {
    and: (parts) => joined(parts, 'AND'),
    or: (parts) => joined(parts, 'OR'),
    not: contrary,
    some: () => {
      throw new Error('an element has no elements');
    },
    present: (at) => sql`${part(at)} IS NOT NULL`,
    compare: (at, op, value) => {
      const target = at.sub ?? at.attribute;
      if (elements.leadsTo && target.name === 'value' && op === 'eq') return elements.leadsTo(target, String(value));
      return dialect.comparison(part(at), op, wanted(at, op, value));
    },
  });
  return some(elements, test);
}

function sourceOfElements({ elementsOf, references }: Dialect, path: BoundPath): Elements {
  const reference = referenceOf(path);
  if (reference === 'members') return references.memberElements;
  return reference === 'groups' ? references.groupElements : elementsOf(path);
}
