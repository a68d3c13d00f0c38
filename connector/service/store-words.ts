import { type Filter, type FilterAlgebra, foldFilter, rebuilt } from '../scim/filter/ast.ts';
import type { Attributes, Complex } from '../scim/resource.ts';
import type { Attribute } from '../scim/schema/attribute.ts';
import { type BoundPath, findAttribute } from '../scim/schema/resource-type.ts';
import { fold } from '../scim/text.ts';

/** What a store makes of attributes, as `Backend.asKept`. */
export type AsKept = (attributes: Attributes) => Attributes;

const typeOf = (element: Complex | undefined): string => String(element?.['type'] ?? '');

/** Types under which a store shows one element each of `labels`, in their order. */
function shownTypes(asKept: AsKept, { name }: Attribute, labels: readonly string[]): readonly string[] {
  const { [name]: kept } = asKept({ [name]: labels.map((type, i) => ({ value: String(i), type })) });
  return ((Array.isArray(kept) ? kept : []) as readonly Complex[]).map(typeOf);
}

/** Whether the store shows an element of a list under the type that it came with. */
export const keepsType = (asKept: AsKept, attribute: Attribute, label: string): boolean =>
  fold(shownTypes(asKept, attribute, [label])[0] ?? '') === fold(label);

/**
 * The type that stands in the store for one that it has no word for: directories show addresses as primary, secondary and
 * other. As in a PATCH, the first of the standard's types is the first element. `undefined`: the client's own word will do.
 */
function standIn(asKept: AsKept, attribute: Attribute, label: string): string | undefined {
  const standard = findAttribute(attribute.subAttributes, 'type')?.canonicalValues ?? [];
  const index = standard.findIndex((one) => fold(one) === fold(label));
  if (index < 0 || keepsType(asKept, attribute, label)) return undefined;
  return shownTypes(asKept, attribute, standard)[index] || undefined;
}

/** `filter` as the store can answer it: `emails[type eq "work"]`, as Entra looks people up, finds them in a directory too. */
export function inStoreWords(asKept: AsKept, filter: Filter<BoundPath>): Filter<BoundPath> {
  const words: FilterAlgebra<BoundPath, Filter<BoundPath>> = {
    ...rebuilt<BoundPath>(),
    some: (path, ofElement) => ({ kind: 'some', path, filter: foldFilter(ofElement, words) }),
    compare: (path, op, value) => {
      const isType = path.sub?.name === 'type' && op === 'eq' && typeof value === 'string';
      const other = isType ? standIn(asKept, path.attribute, value) : undefined;
      return { kind: 'compare', path, op, value: other ?? value };
    },
  };
  return foldFilter(filter, words);
}
