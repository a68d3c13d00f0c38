import type { Costly } from '../scim/query.ts';
import { type Attributes, type Complex, isComplex, type Value } from '../scim/resource.ts';
import { bindPath, type Schema } from '../scim/schema/resource-type.ts';
import type { SchemaNames } from './schema-names.ts';
import { extensionAt, readPath } from './wire-paths.ts';

/** For one attribute: all of it, or some sub-attributes. */
type Wanted = true | ReadonlySet<string>;

/**
 * What a client wants to see of a resource: `only` these attributes (SCIM 1.1 API §3.7), or all `without` them (RFC 7644
 * §3.9). Keys are canonical names; those of an extension are `urn\nname`, its whole object `urn`, in lower case, because
 * names that no schema declares have no canonical one.
 */
export interface Selection {
  readonly mode: 'only' | 'without';
  readonly names: ReadonlyMap<string, Wanted>;
}

const keyIn = (urn: string, name: string): string => `${urn}\n${name}`.toLowerCase();

/** Unknown names select nothing; a list that holds only such leaves the minimal set. */
export function parseSelection(
  names: SchemaNames,
  type: Schema,
  text: string,
  mode: Selection['mode'] = 'only',
): Selection {
  const selection = new Map<string, Wanted>();
  const add = (key: string, sub?: string): void => {
    const current = selection.get(key);
    if (sub === undefined || current === true) selection.set(key, true);
    else selection.set(key, new Set([...(current ?? []), sub]));
  };
  for (const name of text.split(',').map((part) => part.trim())) {
    // Asked first: the path syntax would read `…:enterprise:1.0` as attribute `1`, sub-attribute `0`.
    const whole = extensionAt(names, type, name);
    if (whole) add(whole.key.toLowerCase());
    const path = whole ? undefined : readPath(names, name);
    const bound = path && bindPath(type, path);
    if (!bound) continue;
    const { extension, attribute, sub } = bound;
    add(extension === undefined ? attribute.name : keyIn(extension, attribute.name), sub?.name);
  }
  return { mode, names: selection };
}

const COSTLY: readonly Costly[] = ['groups', 'members'];

/** What need not be read for this selection. */
export const unread = (selection: Selection | undefined): readonly Costly[] =>
  selection ? COSTLY.filter((name) => !isWanted(selection, name)) : [];

/** Whether anything of a core attribute is wanted. */
export const isWanted = ({ mode, names }: Selection, name: string): boolean =>
  mode === 'only' ? names.has(name) : names.get(name) !== true;

/** The selected part of a core attribute's value; `undefined` when nothing of it is left. */
export const selectValue = (value: Value, selection: Selection | undefined, name: string): Value | undefined =>
  selection ? select(value, selection.mode, selection.names.get(name)) : value;

function select(value: Value, mode: Selection['mode'], named: Wanted | undefined): Value | undefined {
  if (named === true) return mode === 'only' ? value : undefined;
  if (named === undefined) return mode === 'only' ? undefined : value;
  const part = (element: Complex): Complex =>
    Object.fromEntries(Object.entries(element).filter(([name]) => named.has(name) === (mode === 'only'))) as Complex;
  const elements = (Array.isArray(value) ? value : [value]).filter(isComplex).map(part);
  const left = elements.filter((element) => Object.keys(element).length > 0);
  if (left.length === 0) return undefined;
  return Array.isArray(value) ? left : left[0];
}

/** The selected part of an extension's object. */
export function selectBlock(urn: string, block: Attributes, { mode, names }: Selection): Attributes | undefined {
  if (names.has(urn.toLowerCase())) return mode === 'only' ? block : undefined;
  const left = Object.entries(block).flatMap(([name, value]) => {
    const selected = select(value as Value, mode, names.get(keyIn(urn, name)));
    return selected === undefined ? [] : [[name, selected] as const];
  });
  return left.length > 0 ? (Object.fromEntries(left) as Attributes) : undefined;
}
