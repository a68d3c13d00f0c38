import { isWithin } from '../directory/dn.ts';
import type { Tree } from '../layout/tree.ts';

/** The suffix of the database that holds `dn`: the nearest, where one lies in another. */
export function contextOf({ contexts }: Tree, dn: string): string {
  const around = contexts.filter((context) => isWithin(dn, context));
  return around.toSorted((a, b) => b.length - a.length)[0] ?? dn;
}
