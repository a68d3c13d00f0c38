import { BerWriter, type Control, SearchRequest } from 'ldapts';
import type { Search } from '../directory/session.ts';

const SEQUENCE = 0x30;
/** A directory is asked for few different lists of attributes. */
const MOST = 100;

const encodedLists = new Map<string, Buffer>();

/** The names in BER, one after the other: the longest part of a request, and nearly always the same. */
function encoded(attributes: readonly string[]): Buffer {
  const key = attributes.join();
  const known = encodedLists.get(key);
  if (known) return known;
  const writer = new BerWriter();
  for (const attribute of attributes) writer.writeString(attribute);
  const bytes = Buffer.from(writer.buffer);
  if (encodedLists.size >= MOST) encodedLists.clear();
  encodedLists.set(key, bytes);
  return bytes;
}

const SCOPES = { base: 0, one: 1, sub: 2 } as const;
/** derefAliases: never. */
const NEVER = 0;

interface Options {
  readonly messageId: number;
  readonly search: Search;
  /** 0: as many as there are. */
  readonly sizeLimit: number;
  readonly controls: Control[];
}

/** A search request (RFC 4511 §4.5.1) whose list of attributes is encoded once, and not for every search. Entries come decoded. */
export class SearchMessage extends SearchRequest {
  /** Lower-case names of the attributes whose values are bytes. */
  readonly binary: ReadonlySet<string>;
  readonly #search: Search;

  constructor({ messageId, search, sizeLimit, controls }: Options) {
    // ldapts would ask the server to stop after 10 s and an import would end there.
    super({ messageId, filter: search.filter, sizeLimit, timeLimit: 0, controls });
    this.#search = search;
    this.binary = new Set((search.binary ?? []).map((name) => name.toLowerCase()));
  }

  override writeMessage(writer: BerWriter): void {
    const { base, scope, filter, attributes } = this.#search;
    writer.writeString(base);
    writer.writeEnumeration(SCOPES[scope]);
    writer.writeEnumeration(NEVER);
    writer.writeInt(this.sizeLimit);
    writer.writeInt(this.timeLimit);
    writer.writeBoolean(false);
    filter.write(writer);
    writer.writeBuffer(encoded(attributes), SEQUENCE);
  }
}
