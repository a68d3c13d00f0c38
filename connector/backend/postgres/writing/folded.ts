import { type Attributes, isComplex, type Value } from '../../../scim/resource.ts';
import { fold } from '../../../scim/text.ts';

function foldedValue(value: Value | Attributes): unknown {
  if (typeof value === 'string') return fold(value);
  if (Array.isArray(value)) return value.map(foldedValue);
  if (!isComplex(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, foldedValue(part as Value)]));
}

/** A document with every text in it folded, which is what filters look at: JSON. */
export const foldedDocument = (stored: Attributes): string => JSON.stringify(foldedValue(stored));
