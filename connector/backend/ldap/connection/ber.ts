/** Reads BER (X.690) where it lies, without a copy or an object for each element. */
export class Ber {
  readonly bytes: Buffer;
  at: number;
  readonly #end: number;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.#end = end;
  }

  /** Steps over tag and length of the next element, to its content. @returns where that ends. @throws when malformed */
  enter(tag: number): number {
    const { bytes } = this;
    if (bytes[this.at] !== tag) throw new Error(`BER: expected tag ${tag}, got ${bytes[this.at]}`);
    let length = bytes[this.at + 1] ?? 0;
    this.at += 2;
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count === 0 || count > 4) throw new Error('BER: a length of this form is not allowed (RFC 4511 §5.1)');
      length = 0;
      for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[this.at + i] ?? 0);
      this.at += count;
    }
    const end = this.at + length;
    if (end > this.#end) throw new Error('BER: an element ends after what holds it');
    return end;
  }

  /** An OCTET STRING as text. */
  text(): string {
    const end = this.enter(0x04);
    const text = this.bytes.toString('utf8', this.at, end);
    this.at = end;
    return text;
  }
}

/**
 * How long the message at the beginning of `bytes` is.
 * @returns `undefined` while that is not to be seen. @throws when no LDAP message can begin so
 */
export function messageLength(bytes: Buffer): number | undefined {
  const [tag, first] = bytes;
  if (tag !== undefined && tag !== 0x30) throw new Error('BER: no LDAP message begins so');
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new Error('BER: a length of this form is not allowed (RFC 4511 §5.1)');
  return bytes.length < 2 + count ? undefined : 2 + count + bytes.readUIntBE(2, count);
}
