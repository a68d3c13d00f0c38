import { isUtf8 } from 'node:buffer';
import { SearchEntry } from 'ldapts';
import type { Entry } from '../directory/session.ts';
import type { Ber } from './ber.ts';

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

const SEQUENCE = 0x30;
const SET = 0x31;
const OCTET_STRING = 0x04;
const RANGE = /;range=(\d+)-(\d+|\*)/i;

/** A value between two places. What is no UTF-8 stays bytes: copies, since the buffer is a whole packet. */
function valueAt(bytes: Buffer, from: number, to: number, binary: boolean): Value {
  if (binary) return Buffer.from(bytes.subarray(from, to));
  const text = bytes.toString('utf8', from, to);
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(from, to))) return Buffer.from(bytes.subarray(from, to));
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** PartialAttributeList (RFC 4511 §4.5.2). @param binary lower-case names of attributes whose values are bytes */
function decode(ber: Ber, binary: ReadonlySet<string>): DecodedEntry {
  const dn = ber.text();
  const attributes = new Map<string, readonly Value[]>();
  const open: OpenRange[] = [];
  const last = ber.enter(SEQUENCE);
  while (ber.at < last) {
    const end = ber.enter(SEQUENCE);
    const type = ber.text();
    const plain = !type.includes(';');
    const range = plain ? null : RANGE.exec(type);
    const lower = type.toLowerCase();
    const name = plain ? lower : lower.replace(RANGE, '').replace(/;binary$/, '');
    const asBytes = (!plain && lower.endsWith(';binary')) || binary.has(name);
    const values: Value[] = [];
    const lastValue = ber.enter(SET);
    while (ber.at < lastValue) {
      const to = ber.enter(OCTET_STRING);
      values.push(valueAt(ber.bytes, ber.at, to, asBytes));
      ber.at = to;
    }
    ber.at = end;
    // AD sends the bare attribute without values beside the one with the range.
    if (values.length > 0) attributes.set(name, values);
    if (range && range[2] !== '*') open.push({ attribute: name, next: Number(range[2]) + 1 });
  }
  return { dn, attributes, open };
}

/** An entry among the messages of ldapts, decoded by us: its own makes a buffer and two lists for each value. */
export class EntryMessage extends SearchEntry {
  readonly decoded: DecodedEntry;

  constructor(messageId: number, ber: Ber, binary: ReadonlySet<string>) {
    super({ messageId });
    this.decoded = decode(ber, binary);
  }
}

export const toEntry = ({ dn, attributes }: DecodedEntry): Entry => ({ dn, attributes });
