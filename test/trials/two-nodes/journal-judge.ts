import { setTimeout as pause } from 'node:timers/promises';
import { scaled } from '../../support/pace.ts';
import type { Asking } from '../straight-postgres.ts';

/** Until what one has done stands in the journal of all, and what a dead one left is taken over. Unit: ms. */
const PATIENCE = 60_000;

/** @returns what is wrong: acknowledged changes that have no record, or several */
export function judgeRecords(
  acknowledged: ReadonlySet<string>,
  found: readonly { readonly ref: string; readonly outcome: string }[],
): { readonly missing: readonly string[]; readonly double: readonly string[] } {
  const done = new Map<string, number>();
  for (const { ref, outcome } of found) if (outcome === 'done') done.set(ref, (done.get(ref) ?? 0) + 1);
  return {
    missing: [...acknowledged].filter((ref) => !done.has(ref)),
    double: [...acknowledged].filter((ref) => (done.get(ref) ?? 0) > 1),
  };
}

/** Every acknowledged change has its record in the journal that both share, once; nothing waits to be carried there. */
export async function judgeJournal(
  ask: Asking,
  acknowledged: ReadonlySet<string>,
  fail: (text: string) => void,
): Promise<number> {
  const end = performance.now() + scaled(PATIENCE);
  for (;;) {
    const found = await ask<{ ref: string; outcome: string }>('SELECT ref, outcome FROM scim_state.journal');
    const known = new Set(found.map(({ ref }) => ref));
    // What has been carried away goes with the next change.
    const left = await ask<{ text: string }>('SELECT text FROM scim.outbox');
    const waiting = left.filter(({ text }) => !known.has(/"ref":"([^"]+)"/.exec(text)?.[1] ?? '')).length;
    const { missing, double } = judgeRecords(acknowledged, found);
    const isOver = performance.now() > end;
    if (missing.length + waiting > 0 && !isOver) {
      await pause(500);
      continue;
    }
    const told = (refs: readonly string[]): string => `${refs.length} acknowledged changes, ${refs.slice(0, 3).join()}`;
    if (missing.length > 0) fail(`journal: no record of ${told(missing)}`);
    if (double.length > 0) fail(`journal: more than one record of ${told(double)}`);
    if (waiting > 0) fail(`journal: ${waiting} records still wait to be carried there`);
    return found.length;
  }
}
