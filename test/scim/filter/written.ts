import type { Filter } from '../../../connector/scim/filter/ast.ts';
import { formatPath, type Path } from '../../../connector/scim/path.ts';

/** @param part  how the part of an element is called, inside brackets */
export function writtenAs<P>(filter: Filter<P>, name: (path: P) => string, part: (path: P) => string): string {
  const inside = (one: Filter<P>): string => writtenAs(one, name, part);
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.filters.map(inside).join(` ${filter.kind} `)})`;
    case 'not':
      return `not (${inside(filter.filter)})`;
    case 'some':
      return `${name(filter.path)}[${writtenAs(filter.filter, part, part)}]`;
    case 'present':
      return `${name(filter.path)} pr`;
    case 'compare':
      return `${name(filter.path)} ${filter.op} ${JSON.stringify(filter.value)}`;
  }
}

/** The tree written with every parenthesis, as RFC 7644 would have it. */
export const written = (filter: Filter<Path>): string => writtenAs(filter, formatPath, ({ sub = '' }) => sub);
