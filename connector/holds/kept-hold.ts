import type { Hold, Mode } from './ledger.ts';
import type { HeldRequest } from './share.ts';

/** A hold as an operator sees it. Times: ms since 1970. */
export interface KeptHold extends Hold {
  /** Requests that are kept. */
  readonly requests: number;
  /** Requests that came after as many as are kept. */
  readonly beyond: number;
  readonly ended?: number;
  readonly outcome?: 'released' | 'rejected';
  readonly actor?: string;
  readonly reason?: string;
}

export interface KeptRequest extends HeldRequest {
  readonly first: number;
  readonly last: number;
  /** How often it came. */
  readonly times: number;
}

/** How an app was set by an operator. */
export interface KeptMode {
  readonly app: string;
  readonly mode: Mode;
  /** Open. */
  readonly hold?: number;
  /** Who set it, when and why; absent where nobody ever has. */
  readonly actor?: string;
  readonly since?: number;
  readonly reason?: string;
}

/** Who decides, and why. */
export interface Decision {
  readonly actor: string;
  readonly reason?: string | undefined;
}

/** So long a released request passes, and a rejected one is refused: Okta repeats for 34 hours. Unit: ms. */
export const VERDICT_LASTS = 48 * 3_600_000;

const DAY = 86_400_000;
/** What was counted: the longest window. Unit: ms. */
export const COUNTED_FOR = 31 * DAY;
/** Held requests, for whoever asks later what a hold was about. Unit: ms. */
export const HELD_FOR = 30 * DAY;
/** A hold itself: who decided, and why. Unit: ms. */
export const HOLDS_FOR = 365 * DAY;

/** What cannot be decided, in words that say what can. */
export class DecisionError extends Error {}
