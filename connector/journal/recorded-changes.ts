import { type ChangePath, sameValue } from '../scim/change.ts';
import { type Attributes, isUrn, type Value } from '../scim/resource.ts';
import type { RecordedChange } from './record.ts';

/** They are told as ids that joined and left, or follow from other resources. */
const APART: ReadonlySet<string> = new Set(['members', 'groups', 'password']);

/** Elements of a plural attribute, or characters of a text, that a record keeps. */
const MOST_ELEMENTS = 50;
const MOST_TEXT = 1000;

type Plain = Extract<Value, readonly unknown[]>[number];

function short(value: Plain): Plain;
function short(value: Value): Value;
function short(value: Value): Value {
  if (typeof value === 'string') return value.length > MOST_TEXT ? `${value.slice(0, MOST_TEXT - 3)}...` : value;
  if (Array.isArray(value)) return value.slice(0, MOST_ELEMENTS).map((one: Plain) => short(one));
  return value;
}

/** Every attribute with its value, those of extensions under `urn:…:name`. */
function* leaves(attributes: Attributes | undefined): Generator<readonly [string, Value]> {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (isUrn(name)) for (const [own, inner] of leaves(value as Attributes)) yield [`${name}:${own}`, inner];
    else if (!APART.has(name)) yield [name, value as Value];
  }
}

const textOf = ({ extension, attribute }: ChangePath): string =>
  extension === undefined ? attribute : `${extension}:${attribute}`;

/** What changed between two states, attribute by attribute. @param only  the attributes that may have */
export function recordedChanges(
  before: Attributes | undefined,
  after: Attributes | undefined,
  only?: readonly ChangePath[],
): readonly RecordedChange[] {
  const [was, is] = [new Map(leaves(before)), new Map(leaves(after))];
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
