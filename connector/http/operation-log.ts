import type { Log } from '../log/log.ts';
import type { ChangePath } from '../scim/change.ts';
import type { Attributes } from '../scim/resource.ts';
import type { Observer, OperationEvent } from '../service/observer.ts';

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

/** Elements of a list that are shown: a group may have tens of thousands. */
const MOST_SHOWN = 20;

const isPlain = ({ extension, attribute }: ChangePath): boolean => extension !== undefined || attribute !== 'members';

const short = (value: unknown): unknown =>
  Array.isArray(value) && value.length > MOST_SHOWN
    ? [...value.slice(0, MOST_SHOWN), `and ${value.length - MOST_SHOWN} more`]
    : value;

/** What stands at the places that changed, under their names. Members number too many: who joined and left stands beside. */
const valuesAt = (attributes: Attributes | undefined, changed: readonly ChangePath[]): object =>
  Object.fromEntries(
    changed.filter(isPlain).map(({ extension, attribute }) => {
      const bag = extension === undefined ? attributes : (attributes?.[extension] as Attributes | undefined);
      return [extension === undefined ? attribute : `${extension}:${attribute}`, short(bag?.[attribute]) ?? null];
    }),
  );

/**
 * Each operation with what the access log must not tell: at "debug" whom it is about, at "trace" the values that changed
 * as well. For the connector's own host: these lines hold personal data, never a password.
 */
export class OperationLog implements Observer {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  observe(event: OperationEvent): void {
    const { call, app, operation, type, id, name, outcome, message, changed, before, after, leftOut, joined, left } =
      event;
    const about = {
      ref: call.requestId,
      app,
      operation,
      type,
      id,
      name,
      outcome,
      ms: rounded(event.duration),
      backend_ms: rounded(event.backendDuration),
      ...(leftOut ? { left_out: leftOut } : {}),
    };
    this.#log.debug(about, message);
    if (changed?.length) {
      const members = { ...(joined ? { joined: short(joined) } : {}), ...(left ? { left: short(left) } : {}) };
      const values = { was: valuesAt(before, changed), is: valuesAt(after, changed) };
      this.#log.trace({ ref: call.requestId, ...values, ...members }, message);
    } else if (operation === 'create' && after) {
      const is = Object.fromEntries(Object.entries(after).map(([key, value]) => [key, short(value)]));
      this.#log.trace({ ref: call.requestId, is }, message);
    }
  }
}
