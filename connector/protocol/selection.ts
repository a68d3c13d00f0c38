import type { Costly } from '../scim/query.ts';
import { type Attributes, type Complex, isComplex, type Value } from '../scim/resource.ts';
import { bindPath, type ResourceType } from '../scim/schema/resource-type.ts';
import type { SchemaNames } from './schema-names.ts';
import { extensionAt, readPath } from './wire-paths.ts';

/** For one attribute: all of it, or some sub-attributes. */
type Wanted = true | ReadonlySet<string>;

/**
 * The `attributes` parameter (SCIM 1.1 API §3.7): what to return besides `schemas`, `id` and `meta`.
 * Keys are canonical names; those of an extension are `urn\nname`, its whole object `urn`, in lower case, because names
 * that no schema declares have no canonical one.
 */
export type Selection = ReadonlyMap<string, Wanted>;

const keyIn = (urn: string, name: string): string => `${urn}\n${name}`.toLowerCase();

/** Unknown names select nothing; a list that holds only such leaves the minimal set. */
export function parseSelection(names: SchemaNames, type: ResourceType, text: string): Selection {
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
  return selection;
}

const COSTLY: readonly Costly[] = ['groups', 'members'];

/** What need not be read for this selection. */
export const unread = (selection: Selection | undefined): readonly Costly[] =>
  selection ? COSTLY.filter((name) => !selection.has(name)) : [];

const part = (value: Complex, wanted: ReadonlySet<string>): Complex =>
  Object.fromEntries(Object.entries(value).filter(([name]) => wanted.has(name))) as Complex;

/** The selected part of one attribute's value; `undefined` when nothing of it is left. */
export function selectValue(value: Value, wanted: Wanted | undefined): Value | undefined {
  if (wanted === undefined || wanted === true) return wanted && value;
  const elements = (Array.isArray(value) ? value : [value]).filter(isComplex).map((element) => part(element, wanted));
  const left = elements.filter((element) => Object.keys(element).length > 0);
  if (left.length === 0) return undefined;
  return Array.isArray(value) ? left : left[0];
}

/** The selected part of an extension's object. */
export function selectBlock(urn: string, block: Attributes, selection: Selection): Attributes | undefined {
  if (selection.has(urn.toLowerCase())) return block;
  const left = Object.entries(block).flatMap(([name, value]) => {
    const selected = selectValue(value as Value, selection.get(keyIn(urn, name)));
    return selected === undefined ? [] : [[name, selected] as const];
  });
  return left.length > 0 ? (Object.fromEntries(left) as Attributes) : undefined;
}
