/** Of `1.2.0-rc.1+build`: what stands between the dots before and after the first `-`. */
function parts(version: string): readonly [readonly string[], readonly string[]] {
  const [, core = '', prerelease] = /^v?([^-+]*)(?:-([^+]*))?/.exec(version) ?? [];
  return [core.split('.'), prerelease === undefined ? [] : prerelease.split('.')];
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);

/** Semantic Versioning 2.0.0 §11.4: numbers by value and before words. */
function compareParts(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (const [i, part] of a.entries()) {
    const other = b[i];
    const order = other === undefined ? 1 : compareParts(part, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Whether `a` was released before `b` (Semantic Versioning 2.0.0 §11): 1.9.0, 1.10.0-rc.1, 1.10.0. */
export function isOlder(a: string, b: string): boolean {
  const [[core, prerelease], [otherCore, otherPrerelease]] = [parts(a), parts(b)];
  const order = compareLists(core, otherCore);
  if (order !== 0) return order < 0;
  if (prerelease.length === 0 || otherPrerelease.length === 0)
    return prerelease.length > 0 && otherPrerelease.length === 0;
  return compareLists(prerelease, otherPrerelease) < 0;
}
