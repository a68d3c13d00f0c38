/**
 * How the stable id of an entry is written. `guid`: the 16 bytes of objectGUID, whose first three fields are little
 * endian (MS-DTYP §2.3.4.2). `text`: whatever the attribute holds.
 */
export type IdFormat = 'uuid' | 'nsuniqueid' | 'guid' | 'text';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NSUNIQUEID = /^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/i;

const dashed = (hex: string, lengths: readonly number[]): string => {
  let at = 0;
  const fields = lengths.map((length) => {
    at += length;
    return hex.slice(at - length, at);
  });
  return fields.join('-');
};

/** The fields of a GUID that are little endian: their bytes, in reading order. */
const GUID_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] as const;

const reordered = (bytes: Buffer): Buffer => Buffer.from(GUID_ORDER.map((from) => bytes[from] ?? 0));

/** The id as clients see it. */
export function idToScim(format: IdFormat, value: string | Buffer): string {
  if (format !== 'guid') return typeof value === 'string' ? lowered(format, value) : value.toString('utf8');
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
  return dashed(reordered(bytes).toString('hex'), [8, 4, 4, 4, 12]);
}

const lowered = (format: IdFormat, value: string): string => (format === 'text' ? value : value.toLowerCase());

/** The value to look for in the directory; `undefined` when no entry can have this id. */
export function idToLdap(format: IdFormat, id: string): string | Buffer | undefined {
  switch (format) {
    case 'text':
      return id === '' ? undefined : id;
    case 'nsuniqueid':
      return NSUNIQUEID.test(id) ? id : undefined;
    case 'uuid':
      return UUID.test(id) ? id : undefined;
    case 'guid':
      return UUID.test(id) ? reordered(Buffer.from(id.replaceAll('-', ''), 'hex')) : undefined;
  }
}

/** Many ids of one format in little memory: 16 bytes each, so that 100,000 take 1.6 MB. `text` ids stay strings. */
export class PackedIds {
  readonly length: number;
  readonly #format: IdFormat;
  readonly #bytes: Buffer | undefined;
  readonly #texts: readonly string[];

  constructor(format: IdFormat, ids: readonly string[]) {
    this.#format = format;
    this.length = ids.length;
    this.#texts = format === 'text' ? ids : [];
    if (format === 'text') return;
    const bytes = Buffer.allocUnsafe(ids.length * 16);
    ids.forEach((id, i) => {
      bytes.write(id.replaceAll('-', ''), i * 16, 16, 'hex');
    });
    this.#bytes = bytes;
  }

  /** Unit: bytes. */
  get size(): number {
    return this.#bytes ? this.#bytes.length : this.#texts.reduce((sum, text) => sum + 2 * text.length + 16, 0);
  }

  slice(from: number, to: number): string[] {
    const bytes = this.#bytes;
    if (!bytes) return this.#texts.slice(from, to);
    const lengths = this.#format === 'nsuniqueid' ? [8, 8, 8, 8] : [8, 4, 4, 4, 12];
    const end = Math.min(to, this.length);
    return Array.from({ length: Math.max(0, end - from) }, (_, i) =>
      dashed(bytes.toString('hex', (from + i) * 16, (from + i + 1) * 16), lengths),
    );
  }
}
