import type { FaultCode } from '../scim/fault-code.ts';

/** Who has to act. `nobody`: it passes by itself. */
export type Blame =
  | "Okta's administrator"
  | 'the mapping in Okta'
  | "the directory's administrator"
  | "the database's administrator"
  | "the connector's host"
  | "the connector's configuration"
  | 'the connector itself'
  | 'whoever runs the client'
  | 'nobody: it passes by itself';

/** Whether Okta's Retry helps. `itself`: Okta repeats it without being asked. */
export type Retry = 'now' | 'after the fix' | 'itself' | 'no';

/** Commands to copy. Words in capitals are to be replaced. */
export interface Remedy {
  /** Where they are typed, or for which directory; where it makes a difference. */
  readonly on?: string;
  readonly run: readonly string[];
}

/** What can go wrong, for a person who knows neither LDAP nor SCIM. */
export interface Fault {
  readonly title: string;
  /** In whole sentences. */
  readonly meaning: string;
  readonly whose: Blame;
  /** In this order: sentences, and commands. */
  readonly fix: readonly (string | Remedy)[];
  readonly retry: Retry;
  /** A text of it as a person has it in hand. */
  readonly example: string;
  /** Texts by which it is known, besides. */
  readonly patterns: readonly RegExp[];
  /** What `status` or the log say of it, where that helps to find it. */
  readonly seen?: string;
}

/** One area of the catalogue. */
export type Faults<Code extends FaultCode> = Readonly<Record<Code, Fault>>;
