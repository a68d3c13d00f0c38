const LAST = 0x10ffff;

/** The first text, in order of code points, behind all that start with `prefix`; `undefined` when there is none. */
export function successor(prefix: string): string | undefined {
  const points = [...prefix].map((point) => point.codePointAt(0) ?? 0);
  // Nothing follows the last character of all, but for what follows the one before it.
  const kept = points.slice(0, points.findLastIndex((point) => point !== LAST) + 1);
  const last = kept.pop();
  if (last === undefined) return undefined;
  // Surrogates are no characters.
  const next = last === 0xd7ff ? 0xe000 : last + 1;
  return String.fromCodePoint(...kept, next);
}
