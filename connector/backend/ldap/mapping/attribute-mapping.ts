import { ScimError, shown } from '../../../scim/error.ts';
import { parsePath } from '../../../scim/path.ts';
import type { Attribute } from '../../../scim/schema/attribute.ts';
import { undeclared } from '../../../scim/schema/custom.ts';
import type { Extension } from '../../../scim/schema/extension.ts';
import {
  bindPath,
  findAttribute,
  findExtension,
  formatBoundPath,
  type ResourceType,
} from '../../../scim/schema/resource-type.ts';
import type { MapOptions, RowOptions } from '../settings/options.ts';
import { SYNTAXES, type Syntax, type SyntaxName } from './syntax.ts';
import { parseTemplate, type Template } from './template.ts';

/** Where a row leads in a resource. */
export interface Target {
  readonly extension?: Extension;
  readonly attribute: Attribute;
  /** `type` of the plural values the row is for; `primary` also stands for the primary one. */
  readonly label?: string;
  readonly sub?: Attribute;
}

/** One line of the table: it reads entries, writes changes and translates filters. */
export interface Row {
  /** As in the configuration: `title`, `phoneNumbers.work`, `ldap:NAME`. */
  readonly path: string;
  /** Absent where the directory attribute has no counterpart in SCIM. */
  readonly target?: Target;
  /** As in the directory's schema, with `;binary` if need be. */
  readonly ldap: string;
  /** Its name in an `Entry`. */
  readonly key: string;
  readonly syntax: Syntax;
  readonly readable: boolean;
  readonly writable: 'always' | 'once' | 'never';
  readonly many: boolean;
  readonly labels: readonly string[];
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

function unknownPath(path: string, setting: string): ScimError {
  return new ScimError('invalidValue', `${setting}: there is no SCIM attribute ${shown(path)}`);
}

function targetOf(type: ResourceType, path: string, setting: string): Target {
  if (path.toLowerCase().startsWith('urn:')) {
    const parsed = parsePath(path);
    const bound = parsed && bindPath(type, parsed);
    const extension = parsed?.urn === undefined ? undefined : findExtension(type, parsed.urn)?.extension;
    if (!bound) throw unknownPath(path, setting);
    const { attribute, sub } = bound;
    return { ...(extension ? { extension } : {}), attribute, ...(sub ? { sub } : {}) };
  }
  const [first = '', ...rest] = path.split('.');
  if (first === 'custom') {
    const extension = type.extensions.find(({ open }) => open);
    const name = rest.join('.');
    if (!extension || name === '') throw unknownPath(path, setting);
    return { extension, attribute: findAttribute(extension.attributes, name) ?? undeclared(name) };
  }
  const attribute = findAttribute(type.attributes, first);
  if (!attribute) throw unknownPath(path, setting);
  const [label, name] = attribute.multiValued ? rest : [undefined, rest[0]];
  const sub = name === undefined ? undefined : findAttribute(attribute.subAttributes, name);
  const left = rest.length - (label === undefined ? 0 : 1) - (sub ? 1 : 0);
  const partOfNothing = attribute.type === 'complex' && !attribute.multiValued && !sub;
  if (left > 0 || (name !== undefined && !sub) || partOfNothing) throw unknownPath(path, setting);
  return { attribute, ...(label === undefined ? {} : { label }), ...(sub ? { sub } : {}) };
}

/** The attribute that holds the value, as the schema declares it. */
function valueAttribute({ attribute, sub }: Target): Attribute {
  if (sub) return sub;
  return attribute.subAttributes.find(({ name }) => name === 'value') ?? attribute;
}

/** What clients call the value of a row, for error texts; without a counterpart in SCIM the directory's own name. */
export function scimPathOf({ target, ldap }: Row): string {
  if (!target) return ldap;
  const { extension, attribute, sub } = target;
  return formatBoundPath({ ...(extension ? { extension: extension.urn } : {}), attribute, ...(sub ? { sub } : {}) });
}

function compileRow(type: ResourceType, path: string, options: RowOptions, setting: string): Row {
  const target = path.startsWith('ldap:') ? undefined : targetOf(type, path, setting);
  const direction = options.direction ?? (target ? 'both' : 'write');
  const byType = target && DEFAULT_SYNTAX[valueAttribute(target).type];
  return {
    path,
    ...(target ? { target } : {}),
    ldap: options.ldap,
    key: keyOf(options.ldap),
    syntax: SYNTAXES[options.syntax ?? byType ?? 'string'],
    readable: target !== undefined && direction !== 'write',
    writable: direction === 'read' ? 'never' : direction === 'once' ? 'once' : 'always',
    many: options.many ?? (target?.attribute.multiValued === true && !target.sub),
    labels: options.labels ?? [],
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
  return { type, rows };
}

/** The rows that hold `attribute`, of the core or of `extension`. */
export const rowsFor = (table: Table, attribute: string, extension?: Extension): readonly Row[] =>
  table.rows.filter(({ target }) => target?.attribute.name === attribute && target.extension === extension);

/** The row of a singular attribute that everything depends on. @throws invalidValue when the mapping lacks it */
export function requiredRow(table: Table, attribute: string, section: string): Row {
  const [row] = rowsFor(table, attribute);
  if (!row) throw new ScimError('invalidValue', `${section}: map ${attribute} to an attribute of the directory`);
  return row;
}
