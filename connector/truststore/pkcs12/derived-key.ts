import { createHash, hash as digest } from 'node:crypto';

/** RFC 7292 appendix B.3. */
export const PURPOSE = { key: 1, iv: 2, mac: 3 } as const;

export interface Derivation {
  readonly hash: string;
  readonly password: string;
  readonly salt: Buffer;
  readonly iterations: number;
}

/** `part`, again and again, up to the next multiple of `length`. */
const filled = (part: Buffer, length: number): Buffer =>
  part.length === 0 ? part : Buffer.alloc(length * Math.ceil(part.length / length), part);

/** block + addend + 1, modulo its size. */
function add(block: Buffer, addend: Buffer): void {
  let carry = 1;
  for (let i = block.length - 1; i >= 0; i -= 1) {
    carry += (block[i] ?? 0) + (addend[i] ?? 0);
    block[i] = carry & 255;
    carry >>= 8;
  }
}

/** Bytes from a password, RFC 7292 appendix B.2. @param size  how many */
export function derivedKey(derivation: Derivation, purpose: 1 | 2 | 3, size: number): Buffer {
  const { hash, password, salt, iterations } = derivation;
  const width = hash === 'sha384' || hash === 'sha512' ? 128 : 64;
  const input = Buffer.concat([filled(salt, width), filled(Buffer.from(`${password}\0`, 'utf16le').swap16(), width)]);
  const parts: Buffer[] = [];
  for (let made = 0; made < size; ) {
    let part = createHash(hash).update(Buffer.alloc(width, purpose)).update(input).digest();
    for (let round = 1; round < iterations; round += 1) part = digest(hash, part, 'buffer');
    parts.push(part);
    made += part.length;
    const addend = Buffer.alloc(width, part);
    for (let at = 0; at < input.length; at += width) add(input.subarray(at, at + width), addend);
  }
  return Buffer.concat(parts).subarray(0, size);
}
