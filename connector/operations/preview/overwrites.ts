import { type Attributes, isComplex, isUrn, type Scalar } from '../../scim/resource.ts';

/** What becomes of one attribute of somebody. */
export interface Overwrite {
  readonly attribute: string;
  /** `filled`: there was no value. */
  readonly effect: 'overwritten' | 'filled' | 'removed';
  readonly before?: string;
  readonly after?: string;
}

/** Follow from other resources, or are secret. */
const APART: ReadonlySet<string> = new Set(['groups', 'members', 'password']);

const textOf = (value: unknown): string =>
  isComplex(value) ? textOf(value['value'] ?? Object.values(value).join(' ')) : String(value as Scalar);

function put(into: Map<string, string>, path: string, value: unknown): void {
  const before = into.get(path);
  into.set(path, before === undefined ? textOf(value) : `${before}, ${textOf(value)}`);
}

/** Every value under a path: `name.givenName`, `emails.primary`, `urn:…:department`. */
function leaves(attributes: Attributes, into = new Map<string, string>(), prefix = ''): ReadonlyMap<string, string> {
  for (const [name, value] of Object.entries(attributes)) {
    if (prefix === '' && APART.has(name)) continue;
    if (prefix === '' && isUrn(name)) leaves(value as Attributes, into, `${name}:`);
    else if (Array.isArray(value))
      for (const one of value) {
        const kind = isComplex(one) ? one['type'] : undefined;
        put(into, typeof kind === 'string' ? `${prefix}${name}.${kind}` : prefix + name, one);
      }
    else if (isComplex(value))
      for (const [sub, part] of Object.entries(value)) put(into, `${prefix}${name}.${sub}`, part);
    else put(into, prefix + name, value);
  }
  return into;
}

/** What differs between somebody as they are and as they would be. */
export function overwrites(before: Attributes, after: Attributes): readonly Overwrite[] {
  const [was, is] = [leaves(before), leaves(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((attribute): readonly Overwrite[] => {
    const [old, now] = [was.get(attribute), is.get(attribute)];
    if (old === now) return [];
    if (old === undefined) return [{ attribute, effect: 'filled', after: String(now) }];
    if (now === undefined) return [{ attribute, effect: 'removed', before: old }];
    return [{ attribute, effect: 'overwritten', before: old, after: now }];
  });
}
