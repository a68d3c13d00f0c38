import { isWithin } from '../directory/dn.ts';
import { anyOf, equals, present } from '../directory/filter.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Entry, Search } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import type { Slot } from './generator-slots.ts';
import type { Writer } from './writer.ts';

/** The naming context around the branch: names and numbers are to be unique in all of it, as far as it can be seen. */
const contextOf = ({ namingContexts }: Tree, { base }: Branch): string =>
  namingContexts.filter((context) => isWithin(base, context)).toSorted((a, b) => b.length - a.length)[0] ?? base;

const UNSEEN: ReadonlySet<number | undefined> = new Set([RESULT.noSuchObject, RESULT.insufficientAccessRights]);

/** Looks in the whole naming context; where the account may not, in the branch alone. */
async function everywhere<T>(
  tree: Tree,
  branch: Branch,
  look: (base: string) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  try {
    return await look(contextOf(tree, branch));
  } catch (error) {
    if (!(error instanceof LdapFailure) || !UNSEEN.has(error.code)) throw error;
    return (await Promise.all(branch.bases.map(look))).flat();
  }
}

/** The entries that have one of `values`. @param parent  where names are looked for */
export async function holders(
  tree: Tree,
  { session, branch }: Work,
  slot: Slot,
  parent: string,
  values: readonly string[],
  attributes: readonly string[] = [slot.attribute],
): Promise<readonly Entry[]> {
  const filter = anyOf(values.map((value) => equals(slot.attribute, slot.prefix + value)));
  if (typeof filter === 'boolean') return [];
  const search = (base: string, scope: Search['scope']) => session.search({ base, scope, filter, attributes });
  return slot.names ? search(parent, 'one') : everywhere(tree, branch, (base) => search(base, 'sub'));
}

/** Every number of a range that is in use. */
export async function numbersInUse(
  { directory, tree }: Writer,
  { signal, branch }: Work,
  { attribute, key }: Slot,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ReadonlySet<number>> {
  const found = await everywhere(tree, branch, (base) =>
    directory.cursor(signal, async (session) => {
      const numbers: number[] = [];
      const search = { base, scope: 'sub', filter: present(attribute), attributes: [attribute] } as const;
      for await (const entries of session.pages(search))
        for (const entry of entries) numbers.push(...(entry.attributes.get(key) ?? []).map(Number));
      return numbers;
    }),
  );
  return new Set(found.filter((number) => number >= from && number <= to));
}
