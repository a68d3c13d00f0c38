const bare = /^[A-Za-z0-9_-]+$/;

/** Text → a TOML string; literal where it holds a backslash, as Windows paths and DNs do. */
const text = (value: string): string =>
  value.includes('\\') && !/['\p{Cc}]/u.test(value) ? `'${value}'` : JSON.stringify(value);

/** A value as TOML writes it on one line. */
export function tomlValue(value: unknown): string {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${tomlKey([key])} = ${tomlValue(item)}`)
      .join(', ')} }`;
  return String(value);
}

export const tomlKey = (path: readonly string[]): string =>
  path.map((key) => (bare.test(key) ? key : JSON.stringify(key))).join('.');
