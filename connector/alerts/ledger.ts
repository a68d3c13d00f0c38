import { EVENTS, type EventName } from '../log/event.ts';
import type { HeardEvent } from '../log/overheard.ts';
import type { Alert, AlertState } from './alert.ts';
import { endedBy, RULES, type Rule } from './rules.ts';

export interface LedgerOptions {
  /** Unit: ms. */
  readonly minInterval: number;
  /** A verb → what to type. */
  readonly command: (verb: string) => string;
}

/** One kind of alert of one app. Times are ms since 1970. */
interface Kept {
  readonly name: EventName;
  readonly app: string | undefined;
  text: string;
  since: number;
  last: number;
  /** Since it was told last. */
  count: number;
  readonly addresses: Set<string>;
  isOver: boolean;
  /** Something is to be told. */
  isNews: boolean;
  told: 'never' | 'begun' | 'over';
  /** Not told before. */
  nextAt: number;
  /** Until it is told again. */
  wait: number;
}

const DAY = 86_400_000;
/** Kinds of which something is remembered; the oldest goes. */
const MOST_KEPT = 500;
const MOST_ADDRESSES = 5;
const SEVERITY = { info: 'info', warn: 'warning', error: 'error' } as const;

/**
 * What is told when: the first of its kind at once, its end at once, and what comes meanwhile together, at most once in
 * the interval, which doubles as long as it goes on, up to a day.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  /** @param now  unit: ms since 1970 */
  hear({ name, text, fields }: HeardEvent, now: number): void {
    const app = typeof fields['app'] === 'string' ? fields['app'] : undefined;
    for (const begun of endedBy(name)) this.#end(begun, app, text, now);
    if (RULES[name] === undefined) return;
    const kept = this.#kept.get(keyOf(name, app)) ?? this.#begin(name, app, text, now);
    if (kept.isOver) {
      kept.since = now;
      kept.isOver = false;
    }
    kept.text = text;
    kept.isNews = true;
    this.#count(kept, now, fields['address']);
  }

  /** It was seen again, which is not worth a line. */
  seen(name: EventName, app: string | undefined, now: number): void {
    const kept = this.#kept.get(keyOf(name, app));
    if (kept && !kept.isOver) this.#count(kept, now, undefined);
  }

  /** When something may be due; undefined when there is nothing. */
  get nextAt(): number | undefined {
    return this.#kept.size === 0 ? undefined : Math.min(...[...this.#kept.values()].map(({ nextAt }) => nextAt));
  }

  /** What is to be told by `until`, which counts as told. */
  due(until: number): readonly Alert[] {
    return [...this.#kept].flatMap(([key, kept]) => {
      if (kept.nextAt > until) return [];
      const lasts = RULES[kept.name]?.until !== undefined && !kept.isOver;
      if (!kept.isNews && !lasts) {
        this.#kept.delete(key);
        return [];
      }
      return [this.#tell(kept, until)];
    });
  }

  #begin(name: EventName, app: string | undefined, text: string, now: number): Kept {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    const wait = RULES[name]?.slow ? DAY : this.#options.minInterval;
    const times = { since: now, last: now, nextAt: now, wait };
    const kept: Kept = {
      ...{ name, app, text, ...times, count: 0, addresses: new Set<string>() },
      ...{ isOver: false, isNews: true, told: 'never' as const },
    };
    this.#kept.set(keyOf(name, app), kept);
    return kept;
  }

  #count(kept: Kept, now: number, address: unknown): void {
    kept.count += 1;
    kept.last = now;
    if (typeof address === 'string' && kept.addresses.size <= MOST_ADDRESSES) kept.addresses.add(address);
  }

  #end(name: EventName, app: string | undefined, text: string, now: number): void {
    const kept = this.#kept.get(keyOf(name, app));
    if (!kept || kept.isOver) return;
    kept.isOver = true;
    kept.isNews = true;
    kept.text = text;
    kept.last = now;
    // One that comes and goes is not told each time.
    if (kept.told === 'begun') kept.nextAt = now;
  }

  #advice({ whose, fix, verb }: Rule): Pick<Alert, 'whose' | 'fix' | 'command'> {
    return { whose, fix, ...(verb === undefined ? {} : { command: this.#options.command(verb) }) };
  }

  #tell(kept: Kept, now: number): Alert {
    const { name, app, text, since, last, count, addresses } = kept;
    const rule = RULES[name];
    const state = stateOf(kept);
    kept.told = kept.isOver ? 'over' : 'begun';
    kept.count = 0;
    kept.isNews = false;
    kept.nextAt = now + kept.wait;
    kept.wait = Math.min(DAY, kept.wait * 2);
    return {
      event: EVENTS[name].id,
      state,
      severity: state === 'over' ? 'info' : SEVERITY[EVENTS[name].level],
      ...(app === undefined ? {} : { app }),
      text: addresses.size === 0 ? text : `${text} (${listed([...addresses])})`,
      since: new Date(since).toISOString(),
      last: new Date(last).toISOString(),
      count: Math.max(1, count),
      ...(rule === undefined || state === 'over' ? {} : this.#advice(rule)),
    };
  }
}

const keyOf = (name: EventName, app: string | undefined): string => `${name} ${app ?? ''}`;

function stateOf({ name, isOver, told }: Kept): AlertState {
  if (isOver) return 'over';
  if (told !== 'never') return 'goes on';
  return RULES[name]?.until === undefined ? 'happened' : 'began';
}

const listed = (addresses: readonly string[]): string =>
  `from ${addresses.slice(0, MOST_ADDRESSES).join(', ')}${addresses.length > MOST_ADDRESSES ? ' and others' : ''}`;
