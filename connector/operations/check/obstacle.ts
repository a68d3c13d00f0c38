import { once } from 'node:events';
import { createServer } from 'node:net';
import { formatListen, type Listen } from '../../config/vocabulary/listen.ts';
import { OperationError } from '../operation-error.ts';

/** Takes the address for a moment. @returns the system's word for what stands in the way */
export async function obstacle({ host, port }: Listen): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen({ port, ...(host === undefined ? {} : { host }) });
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown error';
  } finally {
    server.close();
  }
}

/** @param setting  names the address. @param holder  of the port, where that is what stands in the way */
export function obstacleError(code: string, listen: Listen, setting: string, holder?: string): OperationError {
  const at = formatListen(listen);
  switch (code) {
    case 'EADDRINUSE':
      return new OperationError(
        'usage',
        `${at} is taken by ${holder ?? 'another program'}; end it, or choose another port with ${setting}`,
      );
    case 'EADDRNOTAVAIL':
      return new OperationError('unexpected', `${at} is no address of this machine; check ${setting}`);
    case 'EACCES':
      return new OperationError('secret', `${at}: permission denied; use a port above 1023`);
    default:
      return new OperationError('unexpected', `${at} cannot be listened at; check ${setting}`);
  }
}
