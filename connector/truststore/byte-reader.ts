import { damaged } from './truststore-error.ts';

/** Reads what `java.io.DataOutputStream` has written. What would lie behind the end is damage. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(count: number): Buffer {
    const end = this.#at + count;
    if (end > this.#bytes.length) throw damaged(`cut short at byte ${this.#bytes.length}`);
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  short(): number {
    return this.take(2).readUInt16BE();
  }

  int(): number {
    return this.take(4).readUInt32BE();
  }

  /** `writeUTF`: a length of two bytes, and units of UTF-16 in one to three bytes each (`java.io.DataInput`). */
  utf(): string {
    const bytes = this.take(this.short());
    const units: number[] = [];
    for (let i = 0; i < bytes.length; ) {
      const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
      const length = a < 0x80 ? 1 : a >> 5 === 0b110 ? 2 : 3;
      units.push(
        length === 1 ? a : length === 2 ? ((a & 31) << 6) | (b & 63) : ((a & 15) << 12) | ((b & 63) << 6) | (c & 63),
      );
      i += length;
    }
    return units.map((unit) => String.fromCharCode(unit)).join('');
  }
}
