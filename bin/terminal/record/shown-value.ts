import { onOneLine } from '../../../connector/log/printable.ts';
import { isComplex, type Scalar, type Value } from '../../../connector/scim/resource.ts';

/** No value at all. */
export const NO_VALUE = '–';

const scalar = (value: Scalar): string => (value === '' ? '""' : onOneLine(String(value)));

/** Of an e-mail address the address; of a name the whole, or its parts. */
function item(value: Exclude<Value, readonly unknown[]>): string {
  if (!isComplex(value)) return scalar(value);
  const own = value['value'] ?? value['formatted'];
  const parts = own === undefined ? Object.values(value) : [own];
  return parts
    .flat()
    .map((one) => scalar(one as Scalar))
    .join(' ');
}

/** A value as it is said in a few words, on one line, in characters that show. */
export function shownValue(value: Value | undefined): string {
  if (value === undefined) return NO_VALUE;
  return Array.isArray(value) ? value.map(item).join(', ') || '[]' : item(value as Scalar);
}

/** A value with all that is in it: JSON, on one line, in characters that show. */
export const wholeValue = (value: Value | undefined): string =>
  value === undefined ? NO_VALUE : onOneLine(JSON.stringify(value));
