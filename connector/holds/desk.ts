import type { Decision, KeptHold, KeptMode, KeptRequest } from './kept-hold.ts';
import type { Mode, Soon } from './ledger.ts';

/** Where an operator looks at holds and decides. Beside a running service or without one. Methods throw in plain words. */
export interface Desk {
  /** Newest first. */
  holds(): Soon<readonly KeptHold[]>;
  hold(id: number): Soon<KeptHold | undefined>;
  requests(hold: number): Soon<readonly KeptRequest[]>;
  /** Lets the held requests through when they come again, and counts anew. @throws DecisionError */
  release(id: number, decision: Decision): Soon<KeptHold>;
  /** Refuses those held requests that would do what was too much; others go on. @throws DecisionError */
  reject(id: number, decision: Decision): Soon<KeptHold>;
  mode(app: string): Soon<KeptMode>;
  /** @throws DecisionError a hold was tripped, which somebody has to look at */
  setModes(apps: readonly string[], mode: Mode, decision: Decision): Soon<readonly KeptMode[]>;
  close(): Soon<void>;
}
