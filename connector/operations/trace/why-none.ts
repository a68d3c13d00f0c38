import { distance } from 'fastest-levenshtein';
import { aboutKey } from '../../journal/about.ts';
import type { JournalReader } from '../../journal/journal-store.ts';

/** Why there may be no record of somebody. */
export interface WhyNone {
  /** Names in the journal that are like the one given, the most like first. */
  readonly near: readonly string[];
  /** Apps that have records of it, other than the one asked. */
  readonly otherApps: readonly string[];
  /** When the latest record before the time asked for was made. ISO 8601. */
  readonly before?: string;
  /** When the oldest record was made. ISO 8601; there is none in an empty journal. */
  readonly begins?: string;
}

/** Newest records whose names are looked through. */
const RECENT = 20_000;
const MOST_NEAR = 3;

/** Without what follows the @, which all have in common. */
const localPart = (name: string): string => name.replace(/@.*/, '');

/** Unit: steps; `undefined` when it is another name. A part of a name is nearest: `jdoe` for `jdoe@example.com`. */
function stepsTo(who: string, name: string): number | undefined {
  if (who.length > 2 && name.includes(who)) return 0;
  const steps = Math.min(distance(who, name), distance(who, localPart(name)));
  const { length } = localPart(who);
  const most = length < 3 ? 1 : Math.min(3, Math.max(2, Math.floor(length / 3)));
  return steps <= most ? steps : undefined;
}

async function nearNames(reader: JournalReader, who: string): Promise<readonly string[]> {
  const names = new Map<string, string>();
  // Hashes are like nothing.
  for (const { name } of await reader.select({ first: 'newest', limit: RECENT }))
    if (name !== undefined && !name.startsWith('~') && !names.has(aboutKey(name))) names.set(aboutKey(name), name);
  return [...names]
    .flatMap(([folded, name]) => {
      const steps = stepsTo(aboutKey(who), folded);
      return steps === undefined ? [] : [{ name, steps }];
    })
    .sort((a, b) => a.steps - b.steps)
    .slice(0, MOST_NEAR)
    .map(({ name }) => name);
}

export async function whyNone(reader: JournalReader, who: string, app: string | undefined): Promise<WhyNone> {
  const [anywhere] = await reader.select({ about: who, first: 'newest', limit: 1 });
  const [here] = app === undefined ? [anywhere] : await reader.select({ about: who, app, first: 'newest', limit: 1 });
  const elsewhere = here ? [] : await reader.select({ about: who, first: 'newest', limit: RECENT });
  const [oldest] = await reader.select({ limit: 1 });
  return {
    near: anywhere ? [] : await nearNames(reader, who),
    otherApps: [...new Set(elsewhere.map((record) => record.app))],
    ...(here ? { before: here.time } : {}),
    ...(oldest ? { begins: oldest.time } : {}),
  };
}
