import type { EventOutcome, OperationEvent } from '../service/observer.ts';

/** Days that are remembered, this one included. */
const DAYS = 8;

/** Operations of one day, reads included, which have no record of their own. */
export interface DayCount {
  /** By the clock of this machine, `2026-11-28`. */
  readonly day: string;
  readonly app: string;
  /** What Okta calls them. */
  readonly message: string;
  readonly outcome: EventOutcome;
  readonly count: number;
}

/** The day by this machine's clock, which is the one its operator looks at. */
export function dayOf(now: number): string {
  const date = new Date(now);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Counts operations by day, app, Okta's name and outcome. */
export class RequestCounts {
  readonly #counts = new Map<string, DayCount>();
  #today = '';
  /** The first ms that is not of today. */
  #midnight = 0;

  restore(counts: readonly DayCount[]): void {
    for (const one of counts) this.#counts.set(keyOf(one), one);
  }

  observe({ app, message, outcome }: OperationEvent, now: number): void {
    if (now >= this.#midnight) this.#begin(now);
    const one = { day: this.#today, app, message, outcome, count: 1 };
    const key = keyOf(one);
    const before = this.#counts.get(key);
    this.#counts.set(key, before ? { ...before, count: before.count + 1 } : one);
  }

  list(): readonly DayCount[] {
    return [...this.#counts.values()];
  }

  #begin(now: number): void {
    const end = new Date(now);
    end.setHours(24, 0, 0, 0);
    this.#midnight = end.getTime();
    this.#today = dayOf(now);
    const days = [...new Set([...this.#counts.values()].map(({ day }) => day).concat(this.#today))].sort();
    const gone = new Set(days.slice(0, -DAYS));
    for (const [key, { day }] of this.#counts) if (gone.has(day)) this.#counts.delete(key);
  }
}

const keyOf = ({ day, app, message, outcome }: DayCount): string => `${day}\n${app}\n${message}\n${outcome}`;
