import type { Filter } from 'ldapts';
import { isWithin, normalDn, parentOf } from '../directory/dn.ts';
import { entryAt } from '../directory/entry-at.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Directory } from '../directory/session.ts';

/** A place of the tree and what lives below it. */
export interface Place {
  readonly base: string;
  readonly count: number;
  /** False: there are more, which were not counted. */
  readonly isComplete: boolean;
}

/** Entries of which only the names are read, to count them. */
const MOST = 200_000;

interface Tally {
  /** By normal DN of a place. */
  readonly places: Map<string, { readonly base: string; count: number }>;
  isComplete: boolean;
}

function add({ places }: Tally, dn: string, context: string): void {
  for (let base = parentOf(dn); isWithin(base, context); base = parentOf(base)) {
    const key = normalDn(base);
    const known = places.get(key);
    if (known) known.count += 1;
    else places.set(key, { base, count: 1 });
    if (base === '') break;
  }
}

/** What the server says where the account may not look, or may not read so many. */
const LIMITS: ReadonlySet<number | undefined> = new Set([
  RESULT.noSuchObject,
  RESULT.insufficientAccessRights,
  RESULT.sizeLimitExceeded,
  RESULT.adminLimitExceeded,
  RESULT.timeLimitExceeded,
]);

async function tallied(directory: Directory, signal: AbortSignal, base: string, filter: Filter): Promise<Tally> {
  const tally: Tally = { places: new Map(), isComplete: true };
  let read = 0;
  try {
    await directory.cursor(signal, async (session) => {
      tally.places.clear();
      read = 0;
      for await (const page of session.pages({ base, scope: 'sub', filter, attributes: ['1.1'] })) {
        for (const { dn } of page) add(tally, dn, base);
        read += page.length;
        if (read >= MOST) break;
      }
    });
    tally.isComplete = read < MOST;
  } catch (error) {
    if (!(error instanceof LdapFailure) || !LIMITS.has(error.code)) throw error;
    tally.isComplete = false;
  }
  return tally;
}

/** How many there are below a place. */
export async function countBelow(
  directory: Directory,
  signal: AbortSignal,
  base: string,
  filter: Filter,
): Promise<Place> {
  const { places, isComplete } = await tallied(directory, signal, base, filter);
  return { base, count: places.get(normalDn(base))?.count ?? 0, isComplete };
}

/** Whoever lives there came with the directory. */
const BUILT_IN = /^cn=(users|builtin|managed service accounts),dc=/i;

/** Share of what lives below a place that must live in one place below it, so that this one is meant. */
const NEARLY_ALL = 0.9;

/** From the top down, as long as nearly all are in one place. */
function narrowest(places: readonly Place[], context: string): Place | undefined {
  const grown = places.filter(({ base }) => !BUILT_IN.test(base));
  const own = grown.filter(({ base }) => normalDn(base) !== normalDn(context));
  const below = own.length === 0 ? places : own;
  const tops = below.filter(({ base }) => normalDn(parentOf(base)) === normalDn(context));
  const total = tops.reduce((sum, { count }) => sum + count, 0);
  let at = places.find(({ base }) => normalDn(base) === normalDn(context));
  let least = total * NEARLY_ALL;
  for (;;) {
    const from = at;
    const next = below.find(
      ({ base, count }) => from && count >= least && normalDn(parentOf(base)) === normalDn(from.base),
    );
    if (!next) return at;
    at = next;
    least = next.count * NEARLY_ALL;
  }
}

/** Places with one of these names that are there, whether anybody lives there or not. */
async function usual(
  directory: Directory,
  signal: AbortSignal,
  context: string,
  names: readonly string[],
  filter: Filter,
): Promise<readonly Place[]> {
  const found: Place[] = [];
  for (const base of names.map((name) => `${name},${context}`)) {
    const entry = await directory.read(signal, (session) => entryAt(session, base, { attributes: ['1.1'] }));
    if (entry) found.push(await countBelow(directory, signal, base, filter));
  }
  return found;
}

/**
 * Where entries live that pass the filter, the likeliest place first. Where an account sees nothing of the top, or
 * nobody is there yet, `names` are looked for: `ou=people` and the like.
 */
export async function placesOf(
  directory: Directory,
  signal: AbortSignal,
  contexts: readonly string[],
  { filter, names }: { readonly filter: Filter; readonly names: readonly string[] },
): Promise<readonly Place[]> {
  const all: Place[] = [];
  for (const context of contexts) {
    const { places, isComplete } = await tallied(directory, signal, context, filter);
    const counted = [...places.values()].map((place): Place => ({ ...place, isComplete }));
    const best = narrowest(counted, context);
    const others = counted.filter((place) => place !== best).toSorted((a, b) => b.count - a.count);
    all.push(...(best ? [best, ...others] : await usual(directory, signal, context, names, filter)));
  }
  return all.toSorted((a, b) => Number(b.count > 0) - Number(a.count > 0));
}
