import { ScimError } from '../../../scim/error.ts';
import type { Attribute } from '../../../scim/schema/attribute.ts';
import type { Extension } from '../../../scim/schema/extension.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import type { MapOptions, RowOptions } from '../settings/options.ts';
import { labelsOf, withLeaders } from './labels.ts';
import { formatMappedPath, type MappedPath, mappedPath, valueAttribute } from './mapped-path.ts';
import { SYNTAXES, type Syntax, type SyntaxName } from './syntax.ts';
import { parseTemplate, type Template } from './template.ts';

/** One line of the table: it reads entries, writes changes and translates filters. */
export interface Row {
  /** As in the configuration: `title`, `phoneNumbers.work`, `ldap:NAME`. */
  readonly path: string;
  /** Absent where the directory attribute has no counterpart in SCIM. */
  readonly scim?: MappedPath;
  /** As in the directory's schema, with `;binary` if need be. */
  readonly ldap: string;
  /** Its name in an `Entry`. */
  readonly key: string;
  readonly syntax: Syntax;
  readonly readable: boolean;
  readonly writable: 'always' | 'once' | 'never';
  readonly many: boolean;
  /** Of a list of values with types: that of the first value, of the second, …, of all others. */
  readonly labels: readonly string[];
  /** Its first value is the primary one, whatever its type. */
  readonly leads: boolean;
  readonly otherwise: readonly Template[];
  readonly lower: boolean;
  readonly prefix: string;
  readonly placeholder?: string;
}

/** The attribute mapping of one resource type. */
export interface Table {
  readonly type: ResourceType;
  readonly rows: readonly Row[];
}

export const keyOf = (ldap: string): string => ldap.toLowerCase().replace(/;binary$/, '');

const DEFAULT_SYNTAX: Readonly<Partial<Record<Attribute['type'], SyntaxName>>> = {
  boolean: 'boolean',
  integer: 'integer',
  decimal: 'decimal',
  datetime: 'time',
  binary: 'binary',
};

/** What clients call the value of a row, for error texts; without a counterpart in SCIM the directory's own name. */
export const scimPathOf = ({ scim, ldap }: Row): string => (scim ? formatMappedPath(scim) : ldap);

function compileRow(type: ResourceType, path: string, options: RowOptions, setting: string): Row {
  const scim = path.startsWith('ldap:') ? undefined : mappedPath(type, path, setting);
  const direction = options.direction ?? (scim ? 'both' : 'write');
  const many = options.many ?? (scim?.attribute.multiValued === true && !scim.sub);
  const byType = scim && DEFAULT_SYNTAX[valueAttribute(scim).type];
  return {
    path,
    ...(scim ? { scim } : {}),
    ldap: options.ldap,
    key: keyOf(options.ldap),
    syntax: SYNTAXES[options.syntax ?? byType ?? 'string'],
    readable: scim !== undefined && direction !== 'write',
    writable: direction === 'read' ? 'never' : direction === 'once' ? 'once' : 'always',
    many,
    labels: labelsOf(scim, many, options.labels),
    leads: false,
    otherwise: (options.otherwise ?? []).map((text) => parseTemplate(text, setting)),
    lower: options.lower ?? false,
    prefix: options.prefix ?? '',
    ...(options.placeholder === undefined ? {} : { placeholder: options.placeholder }),
  };
}

const normalPath = (path: string): string => path.toLowerCase();

/**
 * The profile's rows with the operator's laid over them.
 * @param section  where the operator's stand in the configuration, for messages
 * @throws invalidValue naming the line
 */
export function compileTable(type: ResourceType, defaults: MapOptions, own: MapOptions, section: string): Table {
  const lines = new Map<string, { path: string; value: string | RowOptions }>();
  for (const [path, value] of [...Object.entries(defaults), ...Object.entries(own)]) {
    lines.set(normalPath(path), { path, value });
  }
  const rows = [...lines.values()].flatMap(({ path, value }) => {
    const options = typeof value === 'string' ? { ldap: value } : value;
    return options.ldap === '' ? [] : [compileRow(type, path, options, `${section}."${path}"`)];
  });
  return { type, rows: withLeaders(rows) };
}

/** The rows that hold `attribute`, of the core or of `extension`. */
export const rowsFor = (table: Table, attribute: string, extension?: Extension): readonly Row[] =>
  table.rows.filter(({ scim }) => scim?.attribute.name === attribute && scim.extension === extension);

/** The row of a singular attribute that everything depends on. @throws invalidValue when the mapping lacks it */
export function requiredRow(table: Table, attribute: string, section: string): Row {
  const [row] = rowsFor(table, attribute);
  if (!row)
    throw new ScimError('invalidValue', `${section}: map ${attribute} to an attribute of the directory`, {
      fault: 'mapping-invalid',
    });
  return row;
}
