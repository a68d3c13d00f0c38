import { reasonText } from './hold-text.ts';
import type { Asked } from './ledger.ts';
import { allowed, empties, type Kind, leastAllowed, mayEmpty } from './limits.ts';
import type { Share } from './share.ts';

/** What an operator has decided of a share that was held. */
export interface Verdict {
  readonly outcome: 'released' | 'rejected';
  readonly hold: number;
}

/** What a ledger knows, within the window of who asks. */
export interface Tally {
  verdict(share: Share): Verdict | undefined;
  /** What all have taken of its kind in its scope. */
  sum(share: Share): number;
  /** What its key has taken; 0 for nothing. */
  own(share: Share): number;
  /** How large a group was when somebody left it first. */
  size(group: string): number | undefined;
  /** The group is so large, and somebody is about to leave it as the first. */
  sized(group: string, size: number): void;
}

export type Judgement =
  | { readonly outcome: 'granted'; readonly counted: readonly Share[] }
  | { readonly outcome: 'uncounted'; readonly share: Share }
  | { readonly outcome: 'rejected'; readonly hold: number }
  | { readonly outcome: 'exceeded'; readonly kind: Kind; readonly scope: string; readonly text: string };

/** Of a group, before anybody left it within the window: as it was seen first, for all processes, or when it is larger now. */
function largest(tally: Tally, { scope }: Share, seen: number): number {
  const first = tally.size(scope);
  if (first === undefined) tally.sized(scope, seen);
  return Math.max(first ?? 0, seen);
}

/** Whether a write may be made, by what was counted before it. It is of an app that is not held. */
export function judge({ limits, shares, there, request }: Omit<Asked, 'app'>, tally: Tally): Judgement {
  const counted: Share[] = [];
  const queue = [...shares];
  for (let share = queue.shift(); share; share = queue.shift()) {
    const { kind, scope, amount } = share;
    const verdict = tally.verdict(share);
    if (verdict?.outcome === 'rejected') return { outcome: 'rejected', hold: verdict.hold };
    if (verdict?.outcome === 'released') continue;
    const total = tally.sum(share) - tally.own(share) + amount;
    counted.push(share);
    const isOfOne = kind === 'removals';
    const seen = there(share);
    const size = isOfOne && seen !== undefined ? largest(tally, share, seen) : seen;
    if (total <= leastAllowed(kind, limits[kind]) && !(isOfOne && mayEmpty(total))) continue;
    if (size === undefined) return { outcome: 'uncounted', share };
    if (isOfOne && empties(total, size)) queue.push({ kind: 'emptied_groups', scope: 'groups', key: scope, amount: 1 });
    const limit = allowed(kind, limits[kind], size);
    if (total <= limit) continue;
    const text = reasonText({ kind, scope, name: request().name, count: total, limit, window: limits.window });
    return { outcome: 'exceeded', kind, scope, text };
  }
  return { outcome: 'granted', counted };
}
