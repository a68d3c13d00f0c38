import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Anchor, AuditEntry } from './audit-entry.ts';
import { PRUNE } from './audit-table.ts';
import { type ChainRow, hashOf, keyName } from './chain.ts';

/**
 * `changed`: something in the entry is not what was written. `removed`: entries are missing between two. `unlinked`: it does
 * not follow the one before it. `cut`: entries are missing at the end, or at the beginning. `replaced`: another entry stands
 * where an anchor tells of one. `other key`: it was written with another key, and cannot be proved.
 */
export type ProblemKind = 'changed' | 'removed' | 'unlinked' | 'cut' | 'replaced' | 'other key';

export interface ChainProblem {
  readonly kind: ProblemKind;
  /** Numbers of the entries. */
  readonly from: number;
  readonly to: number;
  /** When it must have been written, or between when. ISO 8601, UTC. */
  readonly after?: string;
  readonly before?: string;
}

export interface Verdict {
  readonly entries: number;
  readonly first?: number;
  readonly last?: number;
  /** The first of them; more are not told. */
  readonly problems: readonly ChainProblem[];
  /** The latest entry whose hash is kept elsewhere too: what came after could have been cut without a trace. */
  readonly anchored: number;
}

export interface Evidence {
  readonly key: Buffer;
  /** The highest number that was ever given. */
  readonly given: number;
  /** What is kept elsewhere. */
  readonly anchors: readonly Anchor[];
}

const MOST = 100;

const isoOf = (row: ChainRow | undefined): string | undefined => {
  const date = new Date(row?.time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};

function entryOf({ doc }: ChainRow): Partial<AuditEntry> {
  try {
    return JSON.parse(doc) ?? {};
  } catch {
    return {};
  }
}

/** Whoever reads the whole chain, one entry after the other. */
class Reading {
  readonly problems: ChainProblem[] = [];
  readonly #evidence: Evidence;
  readonly #key: KeyObject;
  readonly #name: string;
  readonly #anchors: ReadonlyMap<number, string>;
  /** What entries say of those that were taken away before them. */
  readonly #pruned = new Set<string>();
  #first: ChainRow | undefined;
  #last: ChainRow | undefined;
  #lastGood = true;
  #entries = 0;

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    this.#key = createSecretKey(evidence.key);
    this.#name = keyName(evidence.key);
    this.#anchors = new Map(evidence.anchors.map(({ seq, hash }) => [seq, hash]));
  }

  read(row: ChainRow): void {
    const good = this.#isGenuine(row);
    const before = this.#last;
    this.#first ??= row;
    this.#entries += 1;
    if (before && row.seq !== before.seq + 1) this.#tell('removed', before.seq + 1, row.seq - 1, before, row);
    else if (before && row.prev !== before.hash && good && this.#lastGood)
      this.#tell('unlinked', row.seq, row.seq, before, row);
    const anchored = this.#anchors.get(row.seq);
    if (anchored !== undefined && anchored !== row.hash && good) this.#tell('replaced', row.seq, row.seq, before, row);
    const { action, details } = good ? entryOf(row) : {};
    if (action === PRUNE && details) this.#pruned.add(`${details['up_to']} ${details['hash']}`);
    this.#last = row;
    this.#lastGood = good;
  }

  end(): Verdict {
    const [first, last] = [this.#first, this.#last];
    if (first && first.seq !== 1 && !this.#pruned.has(`${first.seq - 1} ${first.prev}`))
      this.problems.unshift({ kind: 'cut', from: 1, to: first.seq - 1, ...times(undefined, first) });
    const seq = last?.seq ?? 0;
    const highest = Math.max(this.#evidence.given, ...this.#anchors.keys());
    if (highest > seq) this.#tell('cut', seq + 1, highest, last, undefined);
    const anchored = Math.max(0, ...[...this.#anchors.keys()].filter((one) => one <= seq));
    return {
      entries: this.#entries,
      ...(first && last ? { first: first.seq, last: last.seq } : {}),
      problems: this.problems.slice(0, MOST),
      anchored,
    };
  }

  #isGenuine(row: ChainRow): boolean {
    if (row.hash === hashOf(this.#key, row)) return true;
    const previous = this.problems.at(-1);
    const kind = row.key === this.#name ? 'changed' : 'other key';
    // A key that was replaced is one problem and not thousands.
    if (kind === 'other key' && previous?.kind === kind && previous.to === row.seq - 1)
      this.problems[this.problems.length - 1] = { ...previous, to: row.seq };
    else this.#tell(kind, row.seq, row.seq, this.#last, row);
    return false;
  }

  #tell(kind: ProblemKind, from: number, to: number, after: ChainRow | undefined, before: ChainRow | undefined): void {
    if (this.problems.length < MOST) this.problems.push({ kind, from, to, ...times(after, before) });
  }
}

function times(after: ChainRow | undefined, before: ChainRow | undefined): Pick<ChainProblem, 'after' | 'before'> {
  const [from, to] = [isoOf(after), isoOf(before)];
  return { ...(from === undefined ? {} : { after: from }), ...(to === undefined ? {} : { before: to }) };
}

/** Holds every entry to its hash, to the one before it and to what is kept elsewhere. */
export function verify(rows: Iterable<ChainRow>, evidence: Evidence): Verdict {
  const reading = new Reading(evidence);
  for (const row of rows) reading.read(row);
  return reading.end();
}
