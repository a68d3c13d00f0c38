import type { Modification } from '../directory/session.ts';
import { type Membership, realMembers } from '../layout/membership.ts';

/** Values of one modify: a thousand take seconds on 389, ten thousand break it (docs/directories.md, Large groups). */
const CHUNK = 250;
/** Unit: bytes. ldapts cuts messages of certain sizes above 64 KB (docs/directories.md, ldapts). */
const CHUNK_BYTES = 40_000;

function chunks(values: readonly string[]): string[][] {
  const result: string[][] = [];
  let size = 0;
  for (const value of values) {
    const length = Buffer.byteLength(value) + 4;
    const last = result.at(-1);
    if (!last || last.length >= CHUNK || size + length > CHUNK_BYTES) {
      result.push([value]);
      size = length;
    } else {
      last.push(value);
      size += length;
    }
  }
  return result;
}

/** Values of the member attribute. */
export interface MemberDelta {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * The modifies that bring a group from `current` to `current + add - remove`, one after the other: values are added
 * before others go, so that a class that demands a member has one at every moment. The placeholder leaves with the
 * first member and comes back with the last, in the same modify.
 * @param current  as in the entry, the placeholder included
 */
export function memberSteps(
  membership: Membership,
  current: readonly string[],
  { add, remove }: MemberDelta,
): Modification[][] {
  const { attribute, placeholder } = membership;
  const real = realMembers(membership, current);
  const holds = real.length < current.length;
  const left = real.length + add.length - remove.length;
  const adding = chunks(add).map((values): Modification[] => [{ operation: 'add', attribute, values }]);
  const removing = chunks(remove).map((values): Modification[] => [{ operation: 'delete', attribute, values }]);
  const hidden = placeholder === undefined ? [] : [placeholder];
  if (holds && left > 0) adding[0]?.push({ operation: 'delete', attribute, values: hidden });
  if (!holds && left === 0 && hidden.length > 0)
    removing.at(-1)?.unshift({ operation: 'add', attribute, values: hidden });
  const [lastAdd, firstRemove] = [adding.at(-1), removing[0]];
  const small = adding.length === 1 && removing.length === 1 && add.length + remove.length <= CHUNK;
  if (small && lastAdd && firstRemove) return [[...lastAdd, ...firstRemove]];
  return [...adding, ...removing];
}
