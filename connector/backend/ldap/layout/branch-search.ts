import { entryAt } from '../directory/entry-at.ts';
import { allOf, anyOf, type Test } from '../directory/filter.ts';
import type { Directory, Entry, Search, Session } from '../directory/session.ts';
import { type Branch, isNamed } from './branch.ts';

/** What a search brings of each entry. */
export type Selection = Pick<Search, 'attributes' | 'binary'>;

/** Terms of one OR: beyond this, servers get slower per term (docs/directories.md, Lists). */
const BATCH = 100;

const batches = <T>(items: readonly T[]): (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / BATCH) }, (_, i) => items.slice(i * BATCH, (i + 1) * BATCH));

/** One search below every base; none where nothing can pass. */
function searches({ bases }: Branch, filter: Test, selection: Selection): Search[] {
  if (typeof filter === 'boolean') return [];
  return bases.map((base) => ({ base, scope: 'sub', filter, ...selection }));
}

/** The objects of `branch` that pass `test`, those without a name among them. */
export async function findObjects(
  session: Session,
  branch: Branch,
  test: Test,
  selection: Selection,
): Promise<readonly Entry[]> {
  const each = searches(branch, allOf([branch.objects, test]), selection);
  return (await Promise.all(each.map((search) => session.search(search)))).flat();
}

/** The entries of `branch` that pass `test`: those that become resources. @param selection  with the natural key */
export async function findEntries(
  session: Session,
  branch: Branch,
  test: Test,
  selection: Selection,
): Promise<readonly Entry[]> {
  const found = await findObjects(session, branch, test, selection);
  return found.filter((entry) => isNamed(branch, entry));
}

/** The entries that pass one of many `tests`, such as a hundred ids. */
export async function findAny(
  session: Session,
  branch: Branch,
  tests: readonly Test[],
  selection: Selection,
): Promise<readonly Entry[]> {
  const each = batches(tests).map((some) => findEntries(session, branch, anyOf(some), selection));
  return (await Promise.all(each)).flat();
}

/** The entry at `dn`, when it is one of `branch` and passes `test`. */
export async function entryOf(
  session: Session,
  branch: Branch,
  dn: string,
  selection: Selection,
  test: Test = true,
): Promise<Entry | undefined> {
  const filter = allOf([branch.objects, test]);
  if (typeof filter === 'boolean') return undefined;
  const entry = await entryAt(session, dn, { filter, ...selection });
  return entry && isNamed(branch, entry) ? entry : undefined;
}

/** What to read of all entries. */
export interface Scan extends Selection {
  /** Only entries that pass it. */
  readonly test?: Test;
  /** Where the usual size would be too much at once. Unit: entries. */
  readonly pageSize?: number;
}

/** Is waited for; `false` ends the reading. */
export type Take = (entries: readonly Entry[]) => unknown;

/**
 * Reads the entries of `branch` page by page, on a connection of its own.
 * @param begin  makes what takes the entries; once more when the server is lost and another one begins with the first
 */
export async function readAll(
  directory: Directory,
  signal: AbortSignal,
  branch: Branch,
  { test = true, pageSize, ...selection }: Scan,
  begin: () => Take,
): Promise<void> {
  const each = searches(branch, allOf([branch.named, test]), selection);
  if (each.length === 0) return;
  await directory.cursor(signal, async (session) => {
    const take = begin();
    for (const search of each) {
      for await (const entries of session.pages(search, pageSize)) if ((await take(entries)) === false) return;
    }
  });
}
