/**
 * How the stable id of an entry is written. `guid`: the 16 bytes of objectGUID, whose first three fields are little
 * endian (MS-DTYP §2.3.4.2). `text`: whatever the attribute holds.
 */
export type IdFormat = 'uuid' | 'nsuniqueid' | 'guid' | 'text';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NSUNIQUEID = /^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/i;

export const dashed = (hex: string, lengths: readonly number[]): string => {
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
