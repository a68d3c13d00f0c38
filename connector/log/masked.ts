/** Names whose values are never written, whatever stands before them (`bind_password`, `X-Token`). */
const SECRET_NAME = /(^|[-_.])(password|passphrase|token|secret|authorization|cookie)$/i;

/** Deeper than any line of ours; what lies below is not written at all. */
const MAX_DEPTH = 6;

const isPlain = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);

/** Pino's own redaction takes a list of paths, so a new level of nesting would escape it. */
export function masked(fields: object, depth = 0): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (SECRET_NAME.test(name)) copy[name] = '[secret]';
    else if (!isPlain(value)) copy[name] = value;
    else
      copy[name] =
        depth === MAX_DEPTH ? '[…]' : Array.isArray(value) ? value.map(maskedItem(depth)) : masked(value, depth + 1);
  }
  return copy;
}

const maskedItem =
  (depth: number) =>
  (item: unknown): unknown =>
    isPlain(item) && depth < MAX_DEPTH ? masked(item, depth + 1) : item;
