import type { Socket } from 'node:net';
import { BerReader, BerWriter } from 'ldapts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT, resultName } from '../directory/result-code.ts';

/** RFC 4511 §4.14.1. */
const START_TLS = '1.3.6.1.4.1.1466.20037';
const EXTENDED_REQUEST = 0x77;
const EXTENDED_RESPONSE = 0x78;
const MESSAGE_ID = 1;

function request(): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(MESSAGE_ID);
  writer.startSequence(EXTENDED_REQUEST);
  writer.writeString(START_TLS, 0x80);
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}

/** @returns the result code, `undefined` while the answer is incomplete */
function resultOf(answer: Buffer): number | undefined {
  const reader = new BerReader(answer);
  if (reader.readSequence() === null || reader.remain < reader.length) return undefined;
  // Bytes after the answer were sent in clear text and would be read as if they had come through TLS.
  if (reader.remain > reader.length)
    throw new LdapFailure('the server sent more than the answer to StartTLS', {
      lasting: true,
      fault: 'directory-tls-mismatch',
    });
  if (reader.readInt() !== MESSAGE_ID || reader.readSequence() !== EXTENDED_RESPONSE) {
    throw new LdapFailure('the server answered StartTLS with something else', {
      lasting: true,
      fault: 'directory-tls-mismatch',
    });
  }
  return reader.readEnumeration() ?? undefined;
}

/**
 * Asks for TLS on a fresh connection; the caller starts the handshake next. Done here and not by ldapts, whose own
 * upgrade neither ends with a silent server nor notices a lost connection afterwards.
 * @throws LdapFailure when the server refuses
 */
export function requestStartTls(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = Buffer.alloc(0);
    const stop = (): void => {
      socket.off('data', read);
      socket.off('error', reject);
      socket.off('close', closed);
      socket.pause();
    };
    const closed = (): void =>
      reject(
        new LdapFailure('the server hung up instead of starting TLS; if this is its TLS port, use ldaps://', {
          fault: 'directory-tls-mismatch',
        }),
      );
    const read = (chunk: Buffer): void => {
      answer = Buffer.concat([answer, chunk]);
      try {
        const code = resultOf(answer);
        if (code === undefined) return;
        stop();
        if (code === RESULT.success) resolve();
        else
          reject(
            new LdapFailure(`the server refuses StartTLS: ${resultName(code)}; use ldaps://`, {
              lasting: true,
              fault: 'directory-tls-mismatch',
            }),
          );
      } catch (error) {
        stop();
        reject(error);
      }
    };
    socket.on('data', read).once('error', reject).once('close', closed);
    socket.write(request());
  });
}
