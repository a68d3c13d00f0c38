import type { Directory, Entry } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import { branchesOf, type Tree } from '../layout/tree.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import { type Unmapped, unmappedAttribute } from './unmapped-attribute.ts';

/** Entries that are looked at. */
const SAMPLE = 500;

export interface Survey {
  readonly table: 'users' | 'groups';
  readonly base: string;
  readonly entries: number;
  /** There are more entries than were looked at. */
  readonly sample: boolean;
  /** Lines of the mapping, and the share of the entries that have a value there. Unit: percent. */
  readonly mapped: readonly { readonly path: string; readonly ldap: string; readonly share: number }[];
  readonly unmapped: readonly Unmapped[];
}

function counted(entries: readonly Entry[]): ReadonlyMap<string, { readonly count: number; readonly many: boolean }> {
  const counts = new Map<string, { count: number; many: boolean }>();
  for (const { attributes } of entries)
    for (const [key, values] of attributes) {
      const now = counts.get(key) ?? { count: 0, many: false };
      counts.set(key, { count: now.count + 1, many: now.many || values.length > 1 });
    }
  return counts;
}

function survey(tree: Tree, branch: Branch, entries: readonly Entry[], sample: boolean): Survey {
  const counts = counted(entries);
  const share = (count = 0): number => Math.round((count / Math.max(1, entries.length)) * 100);
  const { rows } = branch.table;
  const { membership, profile, schema } = tree;
  const known = new Set([...rows.map(({ ldap }) => keyOf(ldap)), membership.key, profile.id.attribute.toLowerCase()]);
  const isKnown = (key: string): boolean => (schema.get(key)?.names ?? [key]).some((name) => known.has(name));
  const unmapped = [...counts].flatMap(([key, { count, many }]) =>
    isKnown(key) ? [] : (unmappedAttribute(branch.type, schema, key, { share: share(count), many }) ?? []),
  );
  return {
    table: branch.type.plural,
    base: branch.base,
    entries: entries.length,
    sample,
    mapped: rows.map((row) => ({ path: row.path, ldap: row.ldap, share: share(counts.get(row.key)?.count) })),
    unmapped: unmapped.toSorted((x, y) => y.share - x.share || x.ldap.localeCompare(y.ldap)),
  };
}

/** What the first entries of each base hold, beside the mapping in force. */
export async function surveyed(directory: Directory, signal: AbortSignal, tree: Tree): Promise<readonly Survey[]> {
  const surveys: Survey[] = [];
  for (const branch of branchesOf(tree)) {
    const search = { base: branch.base, scope: 'sub', filter: branch.objects, attributes: ['*'] } as const;
    const entries = await directory.cursor(signal, async (session) => {
      const found: Entry[] = [];
      for await (const page of session.pages(search)) {
        found.push(...page);
        if (found.length > SAMPLE) break;
      }
      return found;
    });
    surveys.push(survey(tree, branch, entries.slice(0, SAMPLE), entries.length > SAMPLE));
  }
  return surveys;
}
