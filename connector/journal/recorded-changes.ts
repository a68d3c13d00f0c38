import { type ChangePath, sameValue } from '../scim/change.ts';
import { type Attributes, isComplex, isUrn, type Value } from '../scim/resource.ts';
import type { RecordedChange } from './record.ts';

/** They are told as ids that joined and left, or follow from other resources. */
const APART: ReadonlySet<string> = new Set(['members', 'groups', 'password']);

/** Elements of a plural attribute that a record keeps, and characters of a text: in one of several values a few. */
const MOST_ELEMENTS = 50;
const MOST_TEXT = 1000;
const MOST_PART = 300;

const shortText = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 3)}...` : text);

function short(value: Value, most = MOST_TEXT): Value {
  if (typeof value === 'string') return shortText(value, most);
  if (Array.isArray(value)) return value.slice(0, MOST_ELEMENTS).map((one) => short(one, MOST_PART)) as Value;
  if (!isComplex(value)) return value;
  const parts = Object.entries(value).map(([name, part]) => [name, short(part as Value, MOST_PART)]);
  return Object.fromEntries(parts) as Value;
}

/** Every attribute with its value, those of extensions under `urn:…:name`. */
function leaves(attributes: Attributes = {}, found = new Map<string, Value>(), prefix = ''): Map<string, Value> {
  for (const name in attributes) {
    const value = attributes[name] as Value;
    if (prefix === '' && isUrn(name)) leaves(value as Attributes, found, `${name}:`);
    else if (prefix !== '' || !APART.has(name)) found.set(prefix + name, value);
  }
  return found;
}

const textOf = ({ extension, attribute }: ChangePath): string =>
  extension === undefined ? attribute : `${extension}:${attribute}`;

/** What changed between two states, attribute by attribute. @param only  the attributes that may have */
export function recordedChanges(
  before: Attributes | undefined,
  after: Attributes | undefined,
  only?: readonly ChangePath[],
): readonly RecordedChange[] {
  const [was, is] = [leaves(before), leaves(after)];
  if (!only && was.size === 0) return [...is].map(([path, value]) => ({ path, after: short(value) }));
  const paths = only
    ? new Set(only.filter(({ attribute }) => !APART.has(attribute)).map(textOf))
    : [...was.keys(), ...is.keys()];
  const secret = only?.some(({ extension, attribute }) => extension === undefined && attribute === 'password');
  const plain = [...new Set(paths)].flatMap((path): RecordedChange[] => {
    const [old, now] = [was.get(path), is.get(path)];
    if (sameValue(old, now)) return [];
    return [
      {
        path,
        ...(old === undefined ? {} : { before: short(old) }),
        ...(now === undefined ? {} : { after: short(now) }),
      },
    ];
  });
  return secret ? [...plain, { path: 'password', secret: 'set' }] : plain;
}
