import type { Scalar } from '../../../scim/resource.ts';
import { dashed, type IdFormat } from './entry-id.ts';

/** Of one id. Unit: bytes. */
const SIZE = 16;

/** Many ids of one format in little memory: 16 bytes each, so that 100,000 take 1.6 MB. `text` ids stay strings. */
export class PackedIds {
  readonly length: number;
  readonly #format: IdFormat;
  readonly #ids: Buffer | readonly string[];

  /** @param ids  texts for `text`, else the bytes of one after the other */
  constructor(format: IdFormat, ids: Buffer | readonly string[]) {
    this.#format = format;
    this.#ids = ids;
    this.length = Buffer.isBuffer(ids) ? ids.length / SIZE : ids.length;
  }

  /** In the order of `ids`. */
  static of(format: IdFormat, ids: readonly string[]): PackedIds {
    const packer = new IdPacker(format);
    for (const id of ids) packer.add(id);
    return packer.packed();
  }

  /** Unit: bytes. */
  get size(): number {
    const ids = this.#ids;
    return Buffer.isBuffer(ids) ? ids.length : ids.reduce((sum, text) => sum + 2 * text.length + SIZE, 0);
  }

  /** How many of them there are before the first that `isBeyond` is true for, when it is for all behind it. */
  before(isBeyond: (id: string, at: number) => boolean): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBeyond(this.slice(middle, middle + 1)[0] ?? '', middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  slice(from: number, to: number): string[] {
    const ids = this.#ids;
    if (!Buffer.isBuffer(ids)) return ids.slice(from, to);
    const lengths = this.#format === 'nsuniqueid' ? [8, 8, 8, 8] : [8, 4, 4, 4, 12];
    const end = Math.min(to, this.length);
    return Array.from({ length: Math.max(0, end - from) }, (_, i) =>
      dashed(ids.toString('hex', (from + i) * SIZE, (from + i + 1) * SIZE), lengths),
    );
  }
}

/** Ids with what they are sorted by, so that a place is found among them, also that of an entry which is gone. */
export class KeyedIds extends PackedIds {
  readonly keys: readonly (Scalar | undefined)[];

  constructor(format: IdFormat, ids: Buffer | readonly string[], keys: readonly (Scalar | undefined)[]) {
    super(format, ids);
    this.keys = keys;
  }

  override get size(): number {
    return this.keys.reduce<number>((sum, key) => sum + 2 * String(key ?? '').length + SIZE, super.size);
  }
}

/** Takes ids as they are read, and keeps no object of any. */
export class IdPacker {
  readonly #format: IdFormat;
  readonly #texts: string[] = [];
  #bytes = Buffer.alloc(64 * SIZE);
  #length = 0;

  constructor(format: IdFormat) {
    this.#format = format;
  }

  get length(): number {
    return this.#format === 'text' ? this.#texts.length : this.#length;
  }

  add(id: string): void {
    if (this.#format === 'text') {
      this.#texts.push(id);
      return;
    }
    const at = this.#length * SIZE;
    if (at === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * at);
    this.#bytes.write(id.replaceAll('-', ''), at, SIZE, 'hex');
    this.#length += 1;
  }

  /** In the order in which they came. */
  packed(): PackedIds {
    return new PackedIds(this.#format, this.#came);
  }

  /** In the order in which they came, each with its key. */
  keyed(keys: readonly (Scalar | undefined)[]): KeyedIds {
    return new KeyedIds(this.#format, this.#came, keys);
  }

  /** In the order of their texts, which is that of the bytes. */
  sorted(): PackedIds {
    if (this.#format === 'text') return new PackedIds('text', this.#texts.toSorted());
    const bytes = this.#taken;
    // The first six bytes tell most of them apart, and fit a number.
    const heads = Float64Array.from({ length: this.#length }, (_, i) => bytes.readUIntBE(i * SIZE, 6));
    const order = Uint32Array.from({ length: this.#length }, (_, i) => i);
    order.sort(
      (a, b) =>
        (heads[a] ?? 0) - (heads[b] ?? 0) || bytes.compare(bytes, b * SIZE, (b + 1) * SIZE, a * SIZE, (a + 1) * SIZE),
    );
    const sorted = Buffer.allocUnsafe(bytes.length);
    order.forEach((from, to) => {
      bytes.copy(sorted, to * SIZE, from * SIZE, (from + 1) * SIZE);
    });
    return new PackedIds(this.#format, sorted);
  }

  get #came(): Buffer | readonly string[] {
    return this.#format === 'text' ? this.#texts : this.#taken;
  }

  get #taken(): Buffer {
    return this.#bytes.subarray(0, this.#length * SIZE);
  }
}
