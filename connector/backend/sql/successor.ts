/** The first text, in order of code points, behind all that start with `prefix`; `undefined` when there is none. */
export function successor(prefix: string): string | undefined {
  const points = [...prefix].map((point) => point.codePointAt(0) ?? 0);
  const last = points.pop();
  if (last === undefined || last === 0x10ffff) return undefined;
  // Surrogates are no characters.
  const next = last === 0xd7ff ? 0xe000 : last + 1;
  return String.fromCodePoint(...points, next);
}
