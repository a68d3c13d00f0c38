import type { SearchEntry } from 'ldapts';
import type { Entry, Search } from '../directory/session.ts';

export type Value = string | Buffer;

/** A multi-valued attribute of which the server sent a part (MS-ADTS §3.1.1.3.1.3.3). */
export interface OpenRange {
  readonly attribute: string;
  /** Position of the first value that is missing. */
  readonly next: number;
}

export interface DecodedEntry {
  readonly dn: string;
  readonly attributes: Map<string, readonly Value[]>;
  readonly open: readonly OpenRange[];
}

const RANGE = /;range=(\d+)-(\d+|\*)/i;

/** @param binary lower-case names of attributes whose values are bytes */
export function decodeEntry(message: SearchEntry, binary: ReadonlySet<string>): DecodedEntry {
  const attributes = new Map<string, readonly Value[]>();
  const open: OpenRange[] = [];
  for (const attribute of message.attributes) {
    const range = RANGE.exec(attribute.type);
    const name = attribute.type
      .toLowerCase()
      .replace(RANGE, '')
      .replace(/;binary$/, '');
    const bytes = binary.has(name);
    // Copies: ldapts' buffers are windows on whole packets and would keep them alive.
    const values = bytes
      ? attribute.parsedBuffers.map((value) => Buffer.from(value))
      : attribute.values.map((value) => (typeof value === 'string' ? value : Buffer.from(value)));
    // AD sends the bare attribute without values beside the one with the range.
    if (values.length > 0) attributes.set(name, values);
    if (range && range[2] !== '*') open.push({ attribute: name, next: Number(range[2]) + 1 });
  }
  return { dn: message.name, attributes, open };
}

/** Lower-case names of the attributes whose values are bytes. */
export const binaryNames = ({ binary = [] }: Search): ReadonlySet<string> =>
  new Set(binary.map((name) => name.toLowerCase()));

export const toEntry = ({ dn, attributes }: DecodedEntry): Entry => ({ dn, attributes });
