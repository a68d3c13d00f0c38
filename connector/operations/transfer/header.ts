import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { OperationError } from '../operation-error.ts';
import { unknownColumns } from './columns.ts';

/** Attribute paths by the names that a file has for them; one without a path is left out. */
export type ColumnNames = ReadonlyMap<string, string>;

/** The path of each column of a file; '' leads nowhere and must be empty, `false` is left out. */
export type Header = readonly (string | false)[];

const wrong = (text: string): OperationError => new OperationError('usage', text);

/** @throws OperationError usage: a column leads nowhere, or two to one place */
export function headerOf(type: ResourceType, given: readonly string[], columns: ColumnNames): Header {
  const names = given.map((name) => name.trim());
  const absent = [...columns.keys()].find((name) => !names.includes(name));
  if (absent !== undefined)
    throw wrong(`--columns: the header has no column ${JSON.stringify(absent)}; it has: ${names.join(', ')}`);
  const header = names.map((name) => {
    const path = columns.get(name) ?? name;
    return path === '' && columns.has(name) ? false : path;
  });
  const paths = header.filter((path): path is string => path !== false && path !== '');
  const unknown = unknownColumns(type, paths);
  if (unknown.length > 0)
    throw wrong(
      `the header has columns that ${type.name} lacks: ${unknown.join(', ')}; say what they are, or leave them out: --columns "${unknown[0]}=ATTRIBUTE,OTHER=" (data export --format csv shows the attributes)`,
    );
  const twice = paths.find((path, i) => paths.indexOf(path) < i);
  if (twice !== undefined) throw wrong(`the header has ${twice} twice`);
  return header;
}
