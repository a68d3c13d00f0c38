import { Ber, messageLength } from './ber.ts';
import { EntryMessage } from './entry.ts';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
/** SearchResultEntry (RFC 4511 §4.5.2). */
const ENTRY = 0x64;

/** What becomes of whole messages. */
interface Receiver {
  /** Lower-case names of the attributes whose values are bytes, in the answers to a search of ours; else `undefined`. */
  binaryIn(messageId: number): ReadonlySet<string> | undefined;
  entry(message: EntryMessage): void;
  unreadable(messageId: number, error: unknown): void;
  /** Any other message; or bytes that no message begins with. */
  other(bytes: Buffer): void;
}

/** Cuts what a server sends into messages. A long one is put together once, and not anew with each packet. */
export class Incoming {
  readonly #receiver: Receiver;
  #parts: Buffer[] = [];
  #size = 0;
  /** Of the message that the parts begin. */
  #needed = 0;

  constructor(receiver: Receiver) {
    this.#receiver = receiver;
  }

  read(data: Buffer): void {
    this.#parts.push(data);
    this.#size += data.length;
    if (this.#size < this.#needed) return;
    const bytes = this.#parts.length === 1 ? data : Buffer.concat(this.#parts, this.#size);
    const rest = this.#take(bytes);
    this.#parts = rest.length === 0 ? [] : [rest];
    this.#size = rest.length;
  }

  /** @returns what is left of the next message */
  #take(bytes: Buffer): Buffer {
    let at = 0;
    for (;;) {
      const rest = at === 0 ? bytes : bytes.subarray(at);
      let length: number | undefined;
      try {
        length = messageLength(rest);
      } catch {
        this.#receiver.other(rest);
        return Buffer.alloc(0);
      }
      this.#needed = length ?? 0;
      if (length === undefined || rest.length < length) return rest;
      this.#message(bytes, at, at + length);
      at += length;
    }
  }

  #message(bytes: Buffer, from: number, to: number): void {
    const ber = new Ber(bytes, from, to);
    ber.enter(SEQUENCE);
    const size = bytes[ber.at] === INTEGER ? (bytes[ber.at + 1] ?? 0) : 0;
    const isEntry = size > 0 && size <= 4 && bytes[ber.at + 2 + size] === ENTRY;
    const messageId = isEntry ? bytes.readUIntBE(ber.at + 2, size) : 0;
    const binary = isEntry ? this.#receiver.binaryIn(messageId) : undefined;
    if (binary) {
      ber.at += 2 + size;
      this.#entry(messageId, ber, binary);
    } else this.#receiver.other(bytes.subarray(from, to));
  }

  #entry(messageId: number, ber: Ber, binary: ReadonlySet<string>): void {
    let message: EntryMessage;
    try {
      ber.enter(ENTRY);
      message = new EntryMessage(messageId, ber, binary);
    } catch (error) {
      this.#receiver.unreadable(messageId, error);
      return;
    }
    this.#receiver.entry(message);
  }
}
