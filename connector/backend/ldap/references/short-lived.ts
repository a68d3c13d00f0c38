import { LRUCache } from 'lru-cache';

interface Limits {
  /** How long a value is believed. Unit: ms. */
  readonly ttl: number;
  readonly max: number;
}

/** The values used last, each believed for a time. To lru-cache no time at all would mean for ever. */
export class ShortLived<Value extends object> extends LRUCache<string, Value> {
  /** @param limits  `ttlResolution` of 0 reads the clock every time, instead of a timer for it */
  constructor(limits: Limits & Omit<LRUCache.Options<string, Value, unknown>, keyof Limits>) {
    super({ ...limits, ttlResolution: 0 });
  }

  override set(key: string, value: Value, options?: LRUCache.SetOptions<string, Value, unknown>): this {
    return super.set(key, this.ttl > 0 ? value : undefined, options);
  }
}
