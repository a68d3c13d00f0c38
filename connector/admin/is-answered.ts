import { connect } from 'node:net';

/** Nobody is behind it: a socket left by a process that is dead, or none. */
const NOBODY = ['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'];
/** Unit: ms. */
const PATIENCE = 2000;

/** Whether a process listens there; also one that is busy, and one that will not have us. */
export const isAnswered = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ path: address, timeout: PATIENCE });
    const end = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(true));
    socket.once('error', ({ code = '' }: NodeJS.ErrnoException) => end(!NOBODY.includes(code)));
  });
