import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../log/log.ts';

export interface ConnectionsOptions {
  /** Open at once, of everybody. */
  readonly most: number;
  /** Open at once from one address, as long as some of them rest. A proxy's are all from one. */
  readonly mostOfAddress: number;
  readonly log: Log;
}

interface Held {
  readonly key: string;
  readonly address: string;
  readonly socket: Socket;
  /** Requests that are being answered. */
  running: number;
}

/** How often the log says that connections are closed. Unit: ms. */
const SAY_EVERY = 60_000;

/** Of both sides of a TLS connection: the socket that was accepted and the one that requests come from. */
const keyOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

/**
 * Bounds the connections of a server. A new one is taken in: for it the one goes that has rested longest, of the address
 * that has most, so that idle clients cost others nothing. One whose request is being answered never goes.
 */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #all = new Map<string, Held>();
  /** By address; who has rested longest comes first. */
  readonly #byAddress = new Map<string, Set<Held>>();
  #saidAt = Number.NEGATIVE_INFINITY;

  constructor(server: Server, options: ConnectionsOptions) {
    this.#options = options;
    server.on('connection', (socket) => this.#admit(socket));
    const begin = ({ socket }: IncomingMessage, response: ServerResponse): void => {
      const held = this.#all.get(keyOf(socket));
      if (held === undefined) return;
      held.running += 1;
      response.once('close', () => this.#rest(held));
    };
    // Before whoever answers.
    server.prependListener('request', begin);
    server.prependListener('checkExpectation', begin);
  }

  /** How many are open. */
  get count(): number {
    return this.#all.size;
  }

  #admit(socket: Socket): void {
    const address = socket.remoteAddress;
    if (address === undefined || !this.#makeRoom(address)) {
      socket.destroy();
      return;
    }
    const held: Held = { key: keyOf(socket), address, socket, running: 0 };
    this.#all.set(held.key, held);
    const ofAddress = this.#byAddress.get(address) ?? new Set();
    this.#byAddress.set(address, ofAddress.add(held));
    socket.once('close', () => this.#forget(held));
  }

  /** @returns whether there is room for one more */
  #makeRoom(address: string): boolean {
    const { most, mostOfAddress } = this.#options;
    if ((this.#byAddress.get(address)?.size ?? 0) >= mostOfAddress) this.#closeOneOf(address);
    if (this.#all.size < most) return true;
    const [first] = [...this.#byAddress].toSorted(([, a], [, b]) => b.size - a.size);
    if (first !== undefined && this.#closeOneOf(first[0])) return true;
    return [...this.#byAddress.keys()].some((other) => this.#closeOneOf(other));
  }

  #closeOneOf(address: string): boolean {
    const resting = [...(this.#byAddress.get(address) ?? [])].find(({ running }) => running === 0);
    if (resting === undefined) return false;
    this.#forget(resting);
    resting.socket.destroy();
    this.#say(address);
    return true;
  }

  #rest(held: Held): void {
    held.running -= 1;
    const ofAddress = this.#byAddress.get(held.address);
    if (ofAddress?.delete(held)) ofAddress.add(held);
  }

  #forget(held: Held): void {
    if (this.#all.get(held.key) === held) this.#all.delete(held.key);
    const ofAddress = this.#byAddress.get(held.address);
    ofAddress?.delete(held);
    if (ofAddress?.size === 0) this.#byAddress.delete(held.address);
  }

  #say(address: string): void {
    const now = performance.now();
    if (now - this.#saidAt < SAY_EVERY) return;
    this.#saidAt = now;
    this.#options.log.warn(
      { address, connections: this.#all.size },
      'too many connections: those idle longest are closed',
    );
  }
}
