import type { Credential } from './credential.ts';

/** Where a running server has its credentials from. */
export interface CredentialSource {
  /** Those in force: another list whenever they have changed. Never throws. */
  current(): readonly Credential[];
  /** Looks at once whether there are others. Never throws. */
  readAgain(): void;
  /**
   * Asks, on behalf of a credential that `current` does not know, where others may have made it a moment ago. Absent: they
   * cannot. Never rejects, and takes a moment at most.
   */
  learn?(): Promise<void>;
  /** By a clock that all who make credentials share. Absent: this machine's. Unit: ms since 1970. */
  now?(): number;
  close?(): void;
}

/** Keeps when each credential was accepted last. */
export interface UseRecord {
  /** @param at  unit: ms since 1970 */
  touch(name: string, at: number): void;
  /** Writes what is pending. Never throws, never rejects. */
  flush(): Promise<void> | void;
}
