import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { scaled } from '../support/pace.ts';

export interface RawAnswer {
  readonly status: number;
  /** As they came, with the status line. */
  readonly head: string;
  readonly body: string;
  /** The server says that nothing comes after it. */
  readonly isLast: boolean;
}

/** Long enough for any answer of a server that works. Unit: ms. */
const PATIENCE = 10_000;

/** A TLS connection on which anything can be said, and answers are read as they come (RFC 9112). */
export class RawConnection {
  readonly #socket: TLSSocket;
  #received = Buffer.alloc(0);
  #ended = false;

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.on('data', (part: Buffer) => {
      this.#received = Buffer.concat([this.#received, part]);
    });
    for (const event of ['end', 'close', 'error'] as const) {
      socket.on(event, () => {
        this.#ended = true;
      });
    }
  }

  static async open(port: number, ca: string): Promise<RawConnection> {
    const socket = connect({ host: '127.0.0.1', port, ca, servername: 'localhost' });
    await once(socket, 'secureConnect');
    return new RawConnection(socket);
  }

  /** Nothing more can be heard on it. */
  get isOver(): boolean {
    return this.#ended;
  }

  send(bytes: Buffer): void {
    if (!this.#socket.destroyed) this.#socket.write(bytes);
  }

  /** Nothing more will be said. */
  end(): void {
    this.#socket.end();
  }

  close(): void {
    this.#socket.destroy();
  }

  /** @returns the next answer; `closed` where the server ended the connection instead; `silence` where nothing came in time */
  async next(method: string): Promise<RawAnswer | 'closed' | 'silence'> {
    const deadline = performance.now() + scaled(PATIENCE);
    for (;;) {
      const answer = this.#take(method);
      if (answer) return answer;
      if (this.#ended) return 'closed';
      if (performance.now() > deadline) return 'silence';
      await Promise.race([
        once(this.#socket, 'data').catch(() => undefined),
        once(this.#socket, 'close').catch(() => undefined),
        new Promise((resolve) => setTimeout(resolve, 200)),
      ]);
    }
  }

  #take(method: string): RawAnswer | undefined {
    const text = this.#received.toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1]);
    if (end < 0 || Number.isNaN(status)) return undefined;
    const head = text.slice(0, end);
    const isLast = /^connection: *close/im.test(head);
    const length = hasBody(method, status) ? bodyLength(head, text.slice(end + 4), this.#ended) : 0;
    if (length === undefined) return undefined;
    const body = text.slice(end + 4, end + 4 + length);
    this.#received = this.#received.subarray(end + 4 + length);
    // Told to go on: the answer is still to come.
    return status < 200 ? this.#take(method) : { status, head, body, isLast };
  }
}

const hasBody = (method: string, status: number): boolean =>
  method !== 'HEAD' && status >= 200 && status !== 204 && status !== 304;

/** @returns `undefined` while there is more to come */
function bodyLength(head: string, rest: string, ended: boolean): number | undefined {
  if (/^transfer-encoding: *chunked/im.test(head)) {
    const last = /(?:^|\r\n)0\r\n\r\n/.exec(rest);
    return last ? last.index + last[0].length : undefined;
  }
  const told = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (told !== undefined) return rest.length >= Number(told) ? Number(told) : undefined;
  return ended ? rest.length : undefined;
}
