/** An LDAP server that answers as a test says: what real servers do seldom, or only the ones we do not have. */
import { createServer, type Server, type Socket } from 'node:net';
import { BerReader, BerWriter, PresenceFilter, SearchRequest } from 'ldapts';

const OPERATIONS: Readonly<Record<number, { readonly name: Operation; readonly answer: number }>> = {
  96: { name: 'bind', answer: 0x61 },
  66: { name: 'unbind', answer: 0 },
  99: { name: 'search', answer: 0x65 },
  102: { name: 'modify', answer: 0x67 },
  104: { name: 'add', answer: 0x69 },
  74: { name: 'delete', answer: 0x6b },
  108: { name: 'rename', answer: 0x6d },
  119: { name: 'extended', answer: 0x78 },
};

type Operation = 'bind' | 'unbind' | 'search' | 'modify' | 'add' | 'delete' | 'rename' | 'extended';
type Value = string | Buffer;

export interface MockRequest {
  readonly id: number;
  readonly operation: Operation;
  readonly socket: Socket;
  /** 1 for the first connection. */
  readonly connection: number;
  /** Of a search. */
  readonly base: string;
  readonly attributes: readonly string[];
  /** Of a search: what the client asks the server to stop at. Unit: s. */
  readonly timeLimit: number;
  /** The request as it came. */
  readonly bytes: Buffer;
}

/** Bytes to send; nothing means silence. */
export type Answer = (request: MockRequest) => Buffer | undefined;

const PAGED = '1.2.840.113556.1.4.319';
const ENTRY = 0x64;
const CONTROLS = 0xa0;

function message(
  id: number,
  tag: number,
  body: (writer: BerWriter) => void,
  controls?: (writer: BerWriter) => void,
): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(tag);
  body(writer);
  writer.endSequence();
  if (controls) {
    writer.startSequence(CONTROLS);
    controls(writer);
    writer.endSequence();
  }
  writer.endSequence();
  return Buffer.from(writer.buffer);
}

const pagedControl = (cookie: string) => (writer: BerWriter) => {
  const value = new BerWriter();
  value.startSequence();
  value.writeInt(0);
  value.writeString(cookie);
  value.endSequence();
  writer.startSequence();
  writer.writeString(PAGED);
  writer.writeBuffer(value.buffer, 0x04);
  writer.endSequence();
};

export interface Result {
  readonly code?: number;
  readonly text?: string;
  /** Of paged results; '' says that this was the last page. */
  readonly cookie?: string;
}

/** The final answer to `request`. */
export function result({ id, operation }: MockRequest, { code = 0, text = '', cookie }: Result = {}): Buffer {
  const tag = Object.values(OPERATIONS).find(({ name }) => name === operation)?.answer ?? 0;
  const body = (writer: BerWriter): void => {
    writer.writeEnumeration(code);
    writer.writeString('');
    writer.writeString(text);
  };
  return cookie === undefined ? message(id, tag, body) : message(id, tag, body, pagedControl(cookie));
}

export const entry = (
  { id }: MockRequest,
  dn: string,
  attributes: Readonly<Record<string, readonly Value[]>>,
): Buffer =>
  message(id, ENTRY, (writer) => {
    writer.writeString(dn);
    writer.startSequence();
    for (const [type, values] of Object.entries(attributes)) {
      writer.startSequence();
      writer.writeString(type);
      writer.startSequence(0x31);
      for (const value of values) writer.writeBuffer(Buffer.from(value), 0x04);
      writer.endSequence();
      writer.endSequence();
    }
    writer.endSequence();
  });

/** Length of the first whole message in `bytes`. */
function messageLength(bytes: Buffer): number | undefined {
  const reader = new BerReader(bytes);
  if (reader.readSequence() === null || reader.remain < reader.length) return undefined;
  return reader.offset + reader.length;
}

function decode(bytes: Buffer, socket: Socket, connection: number): MockRequest {
  const reader = new BerReader(bytes);
  reader.readSequence();
  const id = reader.readInt() ?? 0;
  const operation = OPERATIONS[reader.peek() ?? 0]?.name ?? 'unbind';
  let base = '';
  let attributes: readonly string[] = [];
  let timeLimit = 0;
  if (operation === 'search') {
    reader.readSequence();
    const search = new SearchRequest({ messageId: id, filter: new PresenceFilter({ attribute: 'x' }) });
    search.parse(reader, []);
    base = search.baseDN;
    attributes = search.attributes;
    timeLimit = search.timeLimit;
  }
  return { id, operation, socket, connection, base, attributes, timeLimit, bytes };
}

export class MockLdapServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** All connections so far. */
  connections = 0;
  readonly requests: MockRequest[] = [];
  /** Connections are accepted and nothing is answered, as by a process that is stopped. */
  isSilent = false;
  /** Everything that came in, encrypted or not. */
  readonly received: Buffer[] = [];

  /** Binds succeed unless `answer` says something to them. */
  constructor(answer: Answer) {
    this.#server = createServer((socket) => {
      this.connections += 1;
      const connection = this.connections;
      this.#sockets.add(socket);
      socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket));
      let rest = Buffer.alloc(0);
      socket.on('data', (chunk) => {
        this.received.push(chunk);
        rest = Buffer.concat([rest, chunk]);
        for (let length = messageLength(rest); length !== undefined; length = messageLength(rest)) {
          const request = decode(rest.subarray(0, length), socket, connection);
          rest = rest.subarray(length);
          this.requests.push(request);
          const bytes = this.isSilent ? undefined : answer(request);
          if (bytes) socket.write(bytes);
        }
      });
    });
  }

  async listen(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return this;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  get url(): string {
    return `ldap://127.0.0.1:${this.port}`;
  }

  count(operation: Operation): number {
    return this.requests.filter((request) => request.operation === operation).length;
  }

  /** Ends all connections. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    if (!this.#server.listening) return;
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
