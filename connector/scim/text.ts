/**
 * Case folding of every target: never the host's locale. The sigma that ends a word folds as any other, as in Unicode's
 * own folding, or the beginning of a name would not be found in the name.
 */
export const fold = (text: string): string => text.toLowerCase().replaceAll('ς', 'σ');

/** Order of Unicode code points, which is SQLite's order of UTF-8 bytes. JavaScript's `<` compares UTF-16 units. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      // Surrogates stand for code points above every other unit.
      const high = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
      return high(x) - high(y);
    }
  }
  return a.length - b.length;
}
