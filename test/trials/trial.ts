/**
 * The interface between a trial and what runs it. A trial is a file that exports a `Trial`, named in `registry.ts`; its
 * short version is a test beside it (`X.test.ts`) that calls `runTrial` with a small count.
 */
import type { Random } from '../../connector/simulator/random.ts';
import type { ServeOptions, TrialServer } from './trial-server.ts';

/** What clients of a trial speak: one version, or both at once. */
export const VERSIONS = ['1.1', '2.0', 'mixed'] as const;
export type Spoken = (typeof VERSIONS)[number];

/** What a trial is given. Everything made through it is gone afterwards, however the trial ends. */
export interface Bench {
  readonly seed: number;
  /** How many rounds to make; what a round is, the trial says in `counts`. */
  readonly count: number;
  /** SCIM 1.1 unless the trial knows others and another was asked for. */
  readonly version: Spoken;
  /** The only source of chance, so that a seed repeats a run. */
  readonly random: Random;
  /** An empty folder. */
  readonly folder: string;
  /** The real server in a process of its own, over TLS; its turns and memory are watched. */
  serve(options?: ServeOptions): Promise<TrialServer>;
  /** Has something of the trial's own ended with it, last things first. */
  whenOver(end: () => Promise<void> | void): void;
  /** One broken promise, in a sentence with what was seen and what was due. The trial goes on. */
  fail(text: string): void;
}

/** Results by name, as they stand in the table: acknowledged writes, p99 in ms. */
export type Figures = Readonly<Record<string, number>>;

export interface Trial {
  /** What the product promises, in one sentence: a row of docs/guarantees.md. */
  readonly promise: string;
  /** What is counted: `kills`, `requests`. */
  readonly counts: string;
  /** Rounds when none are asked for; about a minute. */
  readonly count: number;
  /** What it can speak; SCIM 1.1 alone by default. */
  readonly versions?: readonly Spoken[];
  /** Longest time for one round; beyond all of them the trial has failed. Unit: s. */
  readonly patience: number;
  /** @throws Error when the trial could not be made: it counts as a failure */
  run(bench: Bench): Promise<Figures>;
}

/** What became of a trial. */
export interface Outcome {
  readonly trial: string;
  readonly counts: string;
  readonly count: number;
  readonly seed: number;
  readonly version: Spoken;
  readonly failures: readonly string[];
  readonly figures: Figures;
  /** Of all servers of the trial. */
  readonly strain: Strain;
}

/** How hard a server had it, once it listened. */
export interface Strain {
  /** The longest time in which its event loop did nothing else. Unit: ms. */
  readonly turn: number;
  /** The same in time on a core, which other programs on the machine do not stretch. Unit: ms. */
  readonly turnCpu: number;
  /** Highest resident memory. Unit: MB. */
  readonly resident: number;
}
