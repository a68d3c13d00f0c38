import type { MappingWords } from './mapping-words.ts';

/** The mapping of one app as a connector has it. */
export interface NodeApp {
  readonly digest: string;
  /** From when on, by the clock of the database. Unit: ms since 1970. */
  readonly since: number;
  readonly words: MappingWords;
}

/** A connector that has been heard of lately. Times are the database's. Unit: ms since 1970. */
export interface LiveNode {
  readonly id: string;
  /** Of each start another one. */
  readonly run: string;
  readonly name: string;
  readonly version: string;
  readonly started: number;
  readonly seen: number;
  readonly apps: Readonly<Record<string, NodeApp>>;
}

/** A connector that is heard of no more counts as gone. Unit: ms. */
export const NODE_LIFE = 30_000;
