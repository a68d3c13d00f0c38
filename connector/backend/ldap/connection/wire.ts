import type { Socket } from 'node:net';
import { Client, type Message, type MessageResponse } from 'ldapts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { Incoming } from './incoming.ts';
import { SearchMessage } from './search-message.ts';

/** The parts of ldapts' client that TypeScript calls private and that the contract test of this file holds in place. */
interface Runtime {
  _nextMessageId(): number;
  _send(message: Message): Promise<MessageResponse | undefined>;
  readonly messageParser: {
    read(data: Buffer, requests: Runtime['messageDetailsByMessageId']): void;
    emit(event: 'message', message: Message): void;
    emit(event: 'error', error: Error): void;
  };
  readonly messageDetailsByMessageId: ReadonlyMap<string, { readonly message: Message }>;
}

const isRuntime = (client: object): client is Runtime =>
  '_send' in client &&
  typeof client._send === 'function' &&
  '_nextMessageId' in client &&
  typeof client._nextMessageId === 'function' &&
  'messageParser' in client &&
  'messageDetailsByMessageId' in client;

/** Below it ldapts' encoder is right; above, one message size in a hundred loses its last byte. Unit: bytes. */
const TRUSTED_SIZE = 60_000;

const nothing = (): undefined => undefined;

/** Whether the outer length of `bytes` is the length they have. */
function isWhole(bytes: Buffer): boolean {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return bytes.length === first + 2;
  const size = first & 0x7f;
  return bytes.length === bytes.readUIntBE(2, size) + 2 + size;
}

/** Search results are nearly all that is ever received, and ldapts' reader of them costs as much as all the rest. */
function readEntriesOurselves({ messageParser, messageDetailsByMessageId: requests }: Runtime): void {
  const read = messageParser.read.bind(messageParser);
  const incoming = new Incoming({
    binaryIn(messageId) {
      const request = requests.get(String(messageId))?.message;
      return request instanceof SearchMessage ? request.binary : undefined;
    },
    entry: (message) => messageParser.emit('message', message),
    unreadable: (messageId, cause) =>
      messageParser.emit('error', Object.assign(new Error('unreadable', { cause }), { messageDetails: { messageId } })),
    other: (bytes) => read(bytes, requests),
  });
  messageParser.read = (data) => incoming.read(data);
}

/**
 * ldapts on one socket that is already connected and, where asked, encrypted. It can neither open another one nor
 * bind again behind our back: ldapts reconnects a lost client without authentication and, after StartTLS, without TLS.
 *
 * Requests go out through `_send` and not through the methods of `Client`: those hide the paging cookie, result code
 * 10 and 4, and split a new RDN that holds an escaped backslash.
 */
export class Wire {
  readonly #client: Client;
  readonly #runtime: Runtime;
  readonly #socket: Socket;
  #corked = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    let used = false;
    this.#client = new Client({
      url: 'ldap://unused',
      createConnection: () => {
        if (used) throw new LdapFailure('the connection was lost');
        used = true;
        return socket;
      },
    });
    if (!isRuntime(this.#client))
      throw new Error('this version of ldapts is not the one the LDAP backend was made for');
    this.#runtime = this.#client;
    readEntriesOurselves(this.#runtime);
  }

  /** @throws ResultCodeError of ldapts when the server refuses */
  bind(dn: string, password: string): Promise<void> {
    return this.#client.bind(dn, password);
  }

  /** RFC 4513 §5.2.3: the identity of the client certificate. */
  bindExternal(): Promise<void> {
    return this.#client.bindSASL('EXTERNAL');
  }

  /**
   * Sends before it returns. @param size estimate of the encoded message, unit: bytes
   * @throws when nothing was sent; a promise that rejects means that it was
   */
  send(make: (messageId: number) => Message, size: number): Promise<MessageResponse | undefined> {
    const message = make(this.#runtime._nextMessageId());
    if (size > TRUSTED_SIZE && !isWhole(message.write())) {
      throw new LdapFailure('the change has a size that cannot be encoded; send it in smaller parts', {
        fault: 'directory-failed',
        lasting: true,
      });
    }
    // ldapts spells every message out for its debug log, which is off and would hold passwords.
    Object.assign(message, { toJSON: nothing });
    this.#gather();
    return this.#runtime._send(message);
  }

  /** What is sent in one turn of the event loop leaves in one packet, which is encrypted and read once. */
  #gather(): void {
    if (this.#corked) return;
    this.#corked = true;
    this.#socket.cork();
    setImmediate(() => {
      this.#corked = false;
      this.#socket.uncork();
    });
  }

  async close(): Promise<void> {
    await this.#client.unbind();
  }
}
