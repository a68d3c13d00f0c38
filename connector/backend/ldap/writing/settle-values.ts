import { setTimeout as pause } from 'node:timers/promises';
import { normalDn } from '../directory/dn.ts';
import type { Work } from '../layout/work.ts';
import type { Draft } from './draft.ts';
import { type Choosing, type Chosen, chooseOne, giveBack } from './free-values.ts';
import { age, LOOKS, PAUSE } from './resolve-race.ts';
import { holders } from './values-in-use.ts';
import type { Writer } from './writer.ts';

/** How often an entry may have to move on. */
const MOVES = 20;

/**
 * Whether the entry at `dn` has to give its value up: another instance chose it at the same moment. The older one keeps
 * it, once the other has moved on; where the other does not (it looked before we were there), both ways are safe.
 */
async function mustMove({ tree }: Writer, work: Work, dn: string, { slot, value }: Chosen): Promise<boolean> {
  const { created, id } = tree.profile;
  for (let look = 1; ; look += 1) {
    const found = await holders(tree, work, slot, '', [value], [created, id.attribute]);
    const entries = found.toSorted((a, b) => (age(tree.profile, a) < age(tree.profile, b) ? -1 : 1));
    if (entries.every((entry) => normalDn(entry.dn) === normalDn(dn))) return false;
    const first = entries[0] !== undefined && normalDn(entries[0].dn) === normalDn(dn);
    if (!first || look > LOOKS) return true;
    await pause(PAUSE);
  }
}

/**
 * After an add: values that no rule of the directory guards may have been chosen twice. Names are guarded: they are DNs.
 */
export async function settleValues(
  writer: Writer,
  work: Work,
  { dn, chosen }: Draft,
  choosing: Choosing,
): Promise<void> {
  for (const first of chosen.filter(({ slot }) => !slot.names)) {
    let current = first;
    for (let move = 1; move <= MOVES && (await mustMove(writer, work, dn, current)); move += 1) {
      const next = await chooseOne(writer, work, current.slot, choosing);
      try {
        const { attribute, prefix } = next.slot;
        await work.session.modify(dn, [
          { operation: 'delete', attribute, values: [prefix + current.value] },
          { operation: 'add', attribute, values: [prefix + next.value] },
        ]);
      } finally {
        giveBack(writer, [next]);
      }
      current = next;
    }
  }
}
