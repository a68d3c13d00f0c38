import { type Element, sameValue, stable } from '../scim/change.ts';
import { type Attributes, isComplex, isUrn, type Value } from '../scim/resource.ts';

/** What never counts as overwritten: it has a limit of its own, or nobody can see it. */
const APART: ReadonlySet<string> = new Set(['active', 'password', 'members', 'groups']);

function losesValue(before: Value | Attributes, after: Value | Attributes | undefined): boolean {
  if (after === undefined) return true;
  if (Array.isArray(before)) {
    const left = new Set((Array.isArray(after) ? after : [after as Element]).map(stable));
    return before.some((element: Element) => !left.has(stable(element)));
  }
  if (isComplex(before)) {
    const rest = isComplex(after) ? after : {};
    return Object.entries(before).some(([sub, value]) => !sameValue(value as Value, rest[sub] as Value | undefined));
  }
  return before !== after;
}

/** Whether a value that is there would be gone or another one. Filling in what was empty loses nothing. */
export function loses(before: Attributes, after: Attributes, naturalKey: string): boolean {
  return Object.entries(before).some(([name, value]) => {
    if (isUrn(name)) return loses(value as Attributes, (after[name] ?? {}) as Attributes, '');
    return name !== naturalKey && !APART.has(name) && losesValue(value, after[name]);
  });
}
