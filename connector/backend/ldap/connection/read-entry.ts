import { type BerReader, BerWriter, Control } from 'ldapts';
import { POST_READ, PRE_READ } from '../directory/oid.ts';

const SEARCH_RESULT_ENTRY = 0x64;
const SET = 0x31;
const OCTET_STRING = 4;

/** One attribute of an entry as it was just before or just after a change of it (RFC 4527). */
class ReadEntry extends Control {
  readonly #attribute: string;
  value: string | undefined;

  constructor(type: string, attribute: string) {
    super(type);
    this.#attribute = attribute;
  }

  override writeControl(writer: BerWriter): void {
    const selection = new BerWriter();
    selection.startSequence();
    selection.writeString(this.#attribute);
    selection.endSequence();
    writer.writeBuffer(selection.buffer, OCTET_STRING);
  }

  override parseControl(reader: BerReader): void {
    if (reader.readSequence(SEARCH_RESULT_ENTRY) === null) return;
    reader.readString();
    if (!reader.readSequence() || !reader.readSequence()) return;
    reader.readString();
    if (reader.readSequence(SET)) this.value = reader.readString() ?? undefined;
  }
}

export const preRead = (attribute: string): ReadEntry => new ReadEntry(PRE_READ, attribute);
export const postRead = (attribute: string): ReadEntry => new ReadEntry(POST_READ, attribute);
