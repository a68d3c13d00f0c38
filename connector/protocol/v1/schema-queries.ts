/** Filters and projections of Schema resources, which live in no store. */
import { ScimError, shown } from '../../scim/error.ts';
import { foldFilter } from '../../scim/filter/ast.ts';
import { parseFilter } from '../../scim/filter/parse.ts';
import { formatPath, type Path } from '../../scim/path.ts';
import { fold } from '../../scim/text.ts';
import type { Json } from '../json.ts';

/** `attributes=name,attributes.name` on a Schema resource: top-level names alone decide. */
export function project(schema: Json, attributes: string | undefined): Json {
  if (attributes === undefined) return schema;
  const wanted = new Set(attributes.split(',').map((name) => fold(name.trim()).replace(/\..*$/, '')));
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name === 'id' || wanted.has(fold(name))));
}

/** An endpoint is found with its slash and without. */
const spelled = ({ name }: Path, text: string): string =>
  fold(name) === 'endpoint' ? fold(text).replace(/^\//, '') : fold(text);

function textOf(schema: Json, path: Path): string {
  const [, value] = Object.entries(schema).find(([name]) => fold(name) === fold(path.name)) ?? [];
  if (typeof value === 'string' && path.sub === undefined) return spelled(path, value);
  throw new ScimError('invalidFilter', `filter: a Schema has no text attribute ${shown(formatPath(path))}`, {
    fault: 'filter-invalid',
  });
}

/** @throws invalidFilter */
export function select(schemas: readonly Json[], text: string | undefined): readonly Json[] {
  if (text === undefined) return schemas;
  const filter = parseFilter(text);
  return schemas.filter((schema) =>
    foldFilter<Path, boolean>(filter, {
      and: (parts) => parts.every(Boolean),
      or: (parts) => parts.some(Boolean),
      not: (part) => !part,
      // No list of a Schema is searched.
      some: (path) => textOf(schema, path) !== '',
      present: (path) => textOf(schema, path) !== '',
      compare: (path, op, value) => {
        const actual = textOf(schema, path);
        const wanted = spelled(path, String(value));
        if (op === 'eq') return actual === wanted;
        if (op === 'co') return actual.includes(wanted);
        if (op === 'sw') return actual.startsWith(wanted);
        throw new ScimError('invalidFilter', `filter: the operator "${op}" is not supported for schemas`, {
          fault: 'filter-invalid',
        });
      },
    }),
  );
}
