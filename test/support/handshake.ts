import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type ConnectionOptions, connect, type SecureContextOptions } from 'node:tls';

export interface TlsServer {
  readonly port: number;
  readonly server: Server;
  close(): Promise<void>;
}

export async function serveTls(context: SecureContextOptions): Promise<TlsServer> {
  const server = createServer(context, (_, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Connects as a client and tells what it was shown. Rejects when the client does not trust the server. */
export function shake(
  port: number,
  options: ConnectionOptions,
): Promise<{ readonly fingerprint: string; readonly protocol: string; readonly cipher: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ...options });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const fingerprint = socket.getPeerX509Certificate()?.fingerprint256 ?? '';
      resolve({ fingerprint, protocol: socket.getProtocol() ?? '', cipher: socket.getCipher().name });
      socket.destroy();
    });
  });
}
