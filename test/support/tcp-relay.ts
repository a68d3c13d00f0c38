import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Between client and server: keeps what passes, and can hold it back or cut it. */
export class TcpRelay {
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  readonly #forgotten = new WeakSet<readonly [Socket, Socket]>();
  /** What clients sent, as it went over the wire. */
  readonly sent: Buffer[] = [];
  connections = 0;
  /** Nothing passes any more, and nobody is told. */
  isFrozen = false;
  /** Answers are held back, requests still arrive. */
  isMute = false;
  /** New connections are taken and reach nobody, until it is over. */
  isWaiting = false;

  constructor(port: number) {
    this.#server = createServer({ pauseOnConnect: true }, async (client) => {
      this.connections += 1;
      client.on('error', () => {});
      while (this.isWaiting) await pause(5);
      if (client.destroyed) return;
      const server = connect(port, '127.0.0.1');
      const pair = [client, server] as const;
      this.#pairs.add(pair);
      client.on('close', () => server.destroy());
      server
        .on('error', () => {})
        .on('close', () => {
          client.destroy();
          this.#pairs.delete(pair);
        });
      client.on('data', (bytes) => {
        this.sent.push(bytes);
        if (this.#forgotten.has(pair)) client.resetAndDestroy();
        if (!this.isFrozen) server.write(bytes);
      });
      server.on('data', (bytes) => {
        if (!this.isFrozen && !this.isMute) client.write(bytes);
      });
      client.resume();
    });
  }

  /** @param address  other machines reach it there */
  async listen(address = '127.0.0.1'): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, address, resolve));
    return this;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** As a firewall does: nobody is told, and what is sent on a connection of before is answered with a reset. */
  forget(): void {
    for (const pair of this.#pairs) this.#forgotten.add(pair);
  }

  /** Ends all connections: with a goodbye of TCP or with a reset. */
  cut(how: 'end' | 'reset'): void {
    for (const [client] of this.#pairs) {
      if (how === 'end') client.end();
      else client.resetAndDestroy();
    }
  }

  async close(): Promise<void> {
    for (const [client] of this.#pairs) client.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
