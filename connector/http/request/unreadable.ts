import type { Duplex } from 'node:stream';
import type { Log } from '../../log/log.ts';
import type { Protocol } from '../../protocol/protocol.ts';
import { newReference } from './request-call.ts';

interface Refusal {
  readonly status: string;
  readonly message: string;
}

const MALFORMED: Refusal = { status: '400 Bad Request', message: 'the request is not valid HTTP' };

const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    message: 'the URL and the headers are too long together; shorten the filter',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', message: 'the request did not arrive in time' },
};

/** How long a client has to read the answer and close. Unit: ms. */
const LINGERING = 2000;

/**
 * Answers what Node could not read as a request, and would refuse without a body (SCIM 1.1 API §3.9).
 * @param protocol  speaks, because nobody knows what the client meant
 */
export const refuseUnreadable =
  (log: Log, protocol: Protocol, lingering = LINGERING) =>
  (error: NodeJS.ErrnoException, socket: Duplex): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const { status: line, message } = REFUSALS[error.code ?? ''] ?? MALFORMED;
    const reference = newReference();
    const failure = { status: Number.parseInt(line, 10), reason: 'invalidSyntax', message, reference };
    const body = JSON.stringify(protocol.encodeError(failure));
    const head = `HTTP/1.1 ${line}\r\nContent-Type: ${protocol.mediaType}; charset=utf-8\r\nConnection: close\r\n`;
    socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    // Who neither reads nor closes would keep it for ever.
    const cut = setTimeout(() => socket.destroy(), lingering).unref();
    socket.once('close', () => clearTimeout(cut));
    log.warn({ ref: reference, code: error.code, detail: message }, 'unreadable request');
  };
