import type { Filter } from '../../../connector/scim/filter/ast.ts';
import { formatPath, type Path } from '../../../connector/scim/path.ts';

/** The tree written with every parenthesis, as RFC 7644 would have it. */
export function written(filter: Filter<Path>, path: (path: Path) => string = formatPath): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.filters.map((part) => written(part, path)).join(` ${filter.kind} `)})`;
    case 'not':
      return `not (${written(filter.filter, path)})`;
    case 'some':
      return `${path(filter.path)}[${written(filter.filter, ({ sub = '' }) => sub)}]`;
    case 'present':
      return `${path(filter.path)} pr`;
    case 'compare':
      return `${path(filter.path)} ${filter.op} ${JSON.stringify(filter.value)}`;
  }
}
