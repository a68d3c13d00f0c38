/** Moments are counted, not timed: what began later than something ended has a higher number. */
export type Moment = number;

/** What one message sets. */
export type Values = ReadonlyMap<string, string>;

/** Begins the attribute that says of one id whether it is a member: `in` or `out`. */
export const MEMBER = 'member ';

/** Members as `members` has them: ids between blanks. */
export const idsOf = (members: string): readonly string[] => members.split(' ').filter((id) => id !== '');

/** What the values say of an attribute. Who sends all members says of each id whether it is one. */
export function valueIn(values: Values, attribute: string): string | undefined {
  const value = values.get(attribute);
  if (value !== undefined || !attribute.startsWith(MEMBER)) return value;
  const members = values.get('members');
  if (members === undefined) return undefined;
  return idsOf(members).includes(attribute.slice(MEMBER.length)) ? 'in' : 'out';
}

export interface Write {
  readonly values: Values;
  readonly begun: Moment;
  /** Infinity while nobody knows whether it was done. */
  ended: Moment;
}

/** When something was read, and after which write if it is that one's reply. */
export interface Reading {
  readonly began: Moment;
  readonly ended: Moment;
  readonly after?: Write;
}

/** So many are kept, besides those that may still be there. */
const KEPT = 24;

/**
 * What was written to one resource, and which values a reading may therefore show (Herlihy and Wing, "Linearizability",
 * 1990): those of every write that no other one came after for certain. Writes that overlap may have been done in either
 * order, and an old request that is repeated late is the newest.
 */
export class Register {
  #writes: Write[] = [];

  begin(values: Values, begun: Moment): Write {
    const write = { values, begun, ended: Number.POSITIVE_INFINITY };
    this.#writes.push(write);
    return write;
  }

  acknowledge(write: Write, ended: Moment): void {
    write.ended = ended;
    if (this.#writes.length < 2 * KEPT) return;
    const old = this.#writes.slice(0, -KEPT).filter((one) => [...one.values.keys()].some((a) => this.#may(one, a)));
    this.#writes = [...old, ...this.#writes.slice(-KEPT)];
  }

  /** Nothing came of it. */
  refuse(write: Write): void {
    this.#writes = this.#writes.filter((one) => one !== write);
  }

  /** Whether another write than this one was under way at some time of it. */
  overlaps({ begun }: Write): boolean {
    return this.#writes.some((one) => one.begun !== begun && one.ended > begun);
  }

  get attributes(): ReadonlySet<string> {
    return new Set(this.#writes.flatMap(({ values }) => [...values.keys()]));
  }

  /** Values of an attribute that the reading may show. */
  possible(attribute: string, reading: Reading = AT_LAST): ReadonlySet<string> {
    const writes = this.#writes.filter((one) => one.begun < reading.ended && this.#may(one, attribute, reading));
    return new Set(writes.map(({ values }) => valueIn(values, attribute) ?? ''));
  }

  /** Writes of which one must be there as a whole where a store does a request whole or not at all. */
  last(): readonly Values[] {
    const ends = this.#writes.filter(
      (one) => !this.#writes.some((next) => next.begun > one.ended && next.ended < Infinity),
    );
    return ends.map(({ values }) => values);
  }

  #may(write: Write, attribute: string, { began, after }: Reading = AT_LAST): boolean {
    if (valueIn(write.values, attribute) === undefined) return false;
    return !this.#writes.some(
      (next) =>
        next.begun > write.ended &&
        valueIn(next.values, attribute) !== undefined &&
        (next.ended < began || next === after),
    );
  }
}

const AT_LAST: Reading = { began: Number.MAX_VALUE, ended: Number.MAX_VALUE };
