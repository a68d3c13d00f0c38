import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { openCertificates } from '../../../connector/tls/certificates.ts';
import { recordingLog } from '../../support/recording-log.ts';

/** Where a client publishes its keys, over TLS with a certificate of its own authority. */
export class KeyServer {
  keys: readonly JWK[] = [];
  asked = 0;
  /** Answers in place of the keys. */
  instead: ((response: ServerResponse) => void) | undefined;
  readonly caFile: string;
  readonly #server: Server;

  private constructor(server: Server, caFile: string) {
    this.#server = server;
    this.caFile = caFile;
  }

  static async start(stateDir: string): Promise<KeyServer> {
    const certificates = await openCertificates({ source: 'auto', stateDir, log: recordingLog() });
    const server = createServer(certificates.current());
    certificates.close();
    const keyServer = new KeyServer(server, join(stateDir, 'tls', 'ca.crt'));
    server.on('request', (_, response) => {
      keyServer.asked += 1;
      if (keyServer.instead) keyServer.instead(response);
      else response.end(JSON.stringify({ keys: keyServer.keys }));
    });
    await keyServer.listen();
    return keyServer;
  }

  #port = 0;

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  get uri(): string {
    return `https://127.0.0.1:${this.#port}/keys`;
  }

  /** Nothing listens there any more, until `listen`. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
