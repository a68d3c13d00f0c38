import { connect } from 'node:net';
import type { Host } from './address.ts';

/** CancelRequest (PostgreSQL, 55.7): its length, a code that is no version of the protocol, and whom it is about. */
const LENGTH = 16;
const CODE = 80_877_102;
/** The server says nothing and hangs up. Unit: ms. */
const PATIENCE = 1000;

/**
 * Asks the server at `host` to stop the statement of one of its processes. In the clear, as libpq does: the key is of use for
 * nothing else. When the server has hung up the statement has been told; after that a cancellation cannot meet a later one.
 */
export function cancelAt({ host, port }: Host, processId: number, secretKey: number): Promise<void> {
  const request = Buffer.alloc(LENGTH);
  for (const [index, value] of [LENGTH, CODE, processId, secretKey].entries()) request.writeInt32BE(value, index * 4);
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket
      .setTimeout(PATIENCE, () => socket.destroy())
      .on('connect', () => socket.write(request))
      .on('error', () => undefined)
      .on('close', () => resolve())
      .resume();
  });
}
