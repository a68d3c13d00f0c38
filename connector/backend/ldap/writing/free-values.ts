import { ScimError, shown } from '../../../scim/error.ts';
import type { Attributes } from '../../../scim/resource.ts';
import { fold } from '../../../scim/text.ts';
import { normalDn } from '../directory/dn.ts';
import type { Work } from '../layout/work.ts';
import { choice, type Slot } from './generator-slots.ts';
import { holders, numbersInUse } from './values-in-use.ts';
import type { Writer } from './writer.ts';

/** A value that was found to be free, and is ours until it is given back. */
export interface Chosen {
  readonly slot: Slot;
  readonly value: string;
  readonly key: string;
}

/** What is needed to choose for one new entry. */
export interface Choosing {
  readonly attributes: Attributes;
  /** Where the entry goes. */
  readonly parent: string;
  /** Keys of values that the directory has refused, whoever has them. */
  readonly refused: ReadonlySet<string>;
}

/** How many values are asked for at once, and how many names are tried. */
const AT_ONCE = 20;
const LAST = 1000;

const keyFor = (slot: Slot, parent: string, value: string): string =>
  `${slot.names ? `${normalDn(parent)} ` : ''}${slot.key}=${fold(value)}`;

/** The first of `numbers` whose value is free, taken. */
async function firstFree(
  writer: Writer,
  work: Work,
  slot: Slot,
  { attributes, parent, refused }: Choosing,
  numbers: readonly number[],
): Promise<(Chosen & { readonly number: number }) | undefined> {
  const values = numbers.map((number) => choice(writer.tree, slot, attributes, number));
  const entries = await holders(writer.tree, work, slot, parent, [...new Set(values)]);
  const used = new Set(
    entries.flatMap((entry) => (entry.attributes.get(slot.key) ?? []).map((value) => fold(String(value)))),
  );
  for (const [i, value] of values.entries()) {
    const key = keyFor(slot, parent, value);
    if (used.has(fold(slot.prefix + value)) || refused.has(key) || !writer.reservations.take(key)) continue;
    return { slot, value, key, number: numbers[i] ?? 0 };
  }
  return undefined;
}

const run = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, Math.min(AT_ONCE, to - from + 1)) }, (_, i) => from + i);

async function freeName(writer: Writer, work: Work, slot: Slot, choosing: Choosing): Promise<Chosen> {
  for (let from = 1; from <= LAST; from += AT_ONCE) {
    const found = await firstFree(writer, work, slot, choosing, run(from, LAST));
    if (found) return found;
  }
  const value = shown(choice(writer.tree, slot, choosing.attributes, 1));
  const text = `${slot.attribute} ${value} and ${LAST - 1} names after it are in use by other entries; change ${slot.setting}`;
  throw new ScimError('uniqueness', text, { fault: 'free-values-exhausted' });
}

async function freeNumber(
  writer: Writer,
  work: Work,
  slot: Slot,
  choosing: Choosing,
  range: { readonly from: number; readonly to: number },
): Promise<Chosen> {
  const { reservations } = writer;
  let last = reservations.last(slot.setting);
  let used: ReadonlySet<number> | undefined;
  if (last === undefined) {
    used = await numbersInUse(writer, work, slot, range);
    last = [...used].reduce((highest, number) => Math.max(highest, number), range.from - 1);
  }
  for (let next = run(last + 1, range.to); next.length > 0; next = run((next.at(-1) ?? 0) + 1, range.to)) {
    const found = await firstFree(writer, work, slot, choosing, next);
    if (!found) continue;
    reservations.reached(slot.setting, Math.max(found.number, reservations.last(slot.setting) ?? 0));
    return found;
  }
  // The end is reached: what was given back, or never used.
  used ??= await numbersInUse(writer, work, slot, range);
  for (let number = range.from; number <= range.to; number += 1) {
    const found = used.has(number) ? undefined : await firstFree(writer, work, slot, choosing, [number]);
    if (found) return found;
  }
  const text = `${slot.attribute}: no number from ${range.from} to ${range.to} is free; widen the range in ${slot.setting}`;
  throw new ScimError('uniqueness', text, { fault: 'free-values-exhausted' });
}

/** One value, taken for us. @throws uniqueness naming attribute, value and setting when none is free */
export function chooseOne(writer: Writer, work: Work, slot: Slot, choosing: Choosing): Promise<Chosen> {
  const { generator } = slot;
  return generator.kind === 'next'
    ? freeNumber(writer, work, slot, choosing, generator)
    : freeName(writer, work, slot, choosing);
}

export const giveBack = ({ reservations }: Writer, chosen: readonly Chosen[]): void => {
  for (const { key } of chosen) reservations.release(key);
};

/** Values for all `slots`. @throws uniqueness; nothing is taken then */
export async function chooseAll(
  writer: Writer,
  work: Work,
  slots: readonly Slot[],
  choosing: Choosing,
): Promise<readonly Chosen[]> {
  const chosen: Chosen[] = [];
  try {
    for (const slot of slots) chosen.push(await chooseOne(writer, work, slot, choosing));
    return chosen;
  } catch (error) {
    giveBack(writer, chosen);
    throw error;
  }
}
