import { DecisionError, type KeptHold, type KeptMode } from './kept-hold.ts';
import type { Hold, Mode } from './ledger.ts';
import type { HeldRequest, Share } from './share.ts';

export type Outcome = 'released' | 'rejected';

/** @throws DecisionError it cannot be decided so */
export function decidable(id: number, hold: KeptHold | undefined, outcome: Outcome): KeptHold {
  if (!hold) throw new DecisionError(`there is no hold ${id}: hold list`);
  const isSecondThought = hold.outcome === 'rejected' && outcome === 'released';
  if (hold.ended !== undefined && !isSecondThought)
    throw new DecisionError(`hold ${id} was ${hold.outcome} by ${hold.actor} at ${new Date(hold.ended).toISOString()}`);
  if (outcome === 'rejected' && hold.kind === 'ordered')
    throw new DecisionError(`hold ${id} was ordered by an operator: mode normal ends it`);
  return hold;
}

/** What of the held requests passes from now on, or is refused. What was held on an operator's order counts as ever. */
export function decidedShares(
  { kind, scope }: Hold,
  outcome: Outcome,
  requests: readonly HeldRequest[],
): readonly Share[] {
  if (kind === 'ordered') return [];
  const all = requests.flatMap(({ shares }) => shares);
  if (outcome === 'released') return all;
  // Groups are emptied by whatever takes members out.
  return all.filter((one) =>
    kind === 'emptied_groups' ? one.kind === 'removals' : one.kind === kind && one.scope === scope,
  );
}

/** @throws DecisionError a hold was tripped, which somebody has to look at */
export function requireSettable(app: string, mode: Mode, open: Hold | undefined): void {
  if (mode === 'normal' && open && open.kind !== 'ordered')
    throw new DecisionError(
      `${app} is held by hold ${open.id} (${open.text}): hold release ${open.id}, or hold reject ${open.id}`,
    );
}

/** Of a hold that an operator orders without a reason. */
export const ORDERED = 'ordered by an operator';

/** How an app was set, of which nobody ever set anything where it has no actor. */
export interface SetMode {
  readonly isReadOnly: boolean;
  readonly actor: string;
  readonly reason: string;
  /** Unit: ms since 1970. */
  readonly since: number;
}

export const keptMode = (app: string, set: SetMode | undefined, open: Hold | undefined): KeptMode => ({
  app,
  mode: set?.isReadOnly ? 'read-only' : open ? 'hold' : 'normal',
  ...(open ? { hold: open.id } : {}),
  ...(set?.actor ? { actor: set.actor, since: set.since } : {}),
  ...(set?.reason ? { reason: set.reason } : {}),
});
