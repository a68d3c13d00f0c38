import type { Kind, Limits } from './limits.ts';
import type { HeldRequest, Share } from './share.ts';

export type Mode = 'normal' | 'read-only' | 'hold';

/** Why an app's writes wait. */
export interface Hold {
  readonly id: number;
  readonly app: string;
  /** By what it was tripped; `ordered` by an operator. */
  readonly kind: Kind | 'ordered';
  readonly scope: string;
  /** One line that says what would have happened, or the operator's reason. */
  readonly text: string;
  /** Unit: ms since 1970. */
  readonly opened: number;
}

/** How an app stands now. */
export interface Standing {
  readonly isReadOnly: boolean;
  /** Open. */
  readonly hold?: Hold;
  /** Requests of an earlier hold may have been released or rejected. */
  readonly hasVerdicts: boolean;
}

/** What is asked of the ledger before a write that counts. */
export interface Asked {
  readonly app: string;
  readonly limits: Limits;
  readonly shares: readonly Share[];
  /** How many there are in a scope; undefined where nobody has counted. */
  readonly there: (share: Share) => number | undefined;
  /** What becomes a held request if the write is held. */
  readonly request: () => HeldRequest;
}

export type Answer =
  | { readonly outcome: 'granted'; readonly counted: readonly Share[] }
  | { readonly outcome: 'uncounted'; readonly share: Share }
  | { readonly outcome: 'held'; readonly hold: Hold; readonly isNew: boolean }
  | { readonly outcome: 'rejected'; readonly hold: number };

/** Another process is writing at this moment. */
export class LedgerBusy extends Error {}

/** Whoever waits for an answer. A Call is one. */
export interface Caller {
  readonly signal: AbortSignal;
}

/** A file answers at once, and nobody waits a turn for it; a database answers later. */
export type Soon<T> = T | Promise<T>;

/**
 * What was counted, the modes, the holds and what they hold: shared by all processes of one state folder, or of one
 * database. Methods throw LedgerBusy, or an Error that says in plain words what is wrong with the file and how to mend it,
 * or a ScimError where others may have decided what nobody can read now.
 */
export interface Ledger {
  standing(caller: Caller, app: string): Soon<Standing>;
  /** What of `kind` is in the window, without `key`. */
  counted(caller: Caller, app: string, share: Pick<Share, 'kind' | 'scope'>, window: number): Soon<number>;
  /** Counts all shares or none, in one transaction. */
  claim(caller: Caller, asked: Asked): Soon<Answer>;
  /** Gives back what a write took that was not made. */
  giveBack(caller: Caller, app: string, shares: readonly Share[]): Soon<void>;
  /** Open ones, of all apps. */
  holds(caller: Caller): Soon<readonly Hold[]>;
  /** Forgets what was counted, decided and held so long ago that nobody asks for it. */
  prune(caller: Caller): Soon<void>;
  /** Keeps a request of a held app. */
  keep(caller: Caller, hold: number, request: HeldRequest): Soon<void>;
  close(): Soon<void>;
}
