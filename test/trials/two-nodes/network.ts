/** Where the nodes of a trial stand: machines of their own as far as the network is concerned. */
import { execFileSync } from 'node:child_process';
import { TcpRelay } from '../../support/tcp-relay.ts';
import { whenWeEnd } from '../../support/when-we-end.ts';

/** One machine. */
export interface Place {
  /** Where clients reach it, and what its server listens on. */
  readonly address: string;
  /** What is reached on `port` of the databases' machine, as seen from here. */
  toDatabase(port: number): Promise<{ readonly host: string; readonly port: number }>;
  /** Starts a command there. */
  wrapped(command: readonly string[]): readonly string[];
  /** From now on nothing passes between it and the databases, and nobody is told. Clients reach it as before. */
  cut(): void;
  mend(): void;
  remove(): Promise<void>;
}

const ip = (...words: readonly string[]): void => {
  execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] });
};

/** A block for measurements between machines (RFC 2544, C.2.2), in pieces of four addresses. */
const addressOf = (piece: number, host: number): string =>
  `198.${18 + ((piece >> 14) & 1)}.${(piece >> 6) & 255}.${((piece & 63) << 2) + host}`;

let pieces = (process.pid * 8) & 0x7fff;

/** A network namespace with two cables: one to the clients and one to the databases. */
class Namespace implements Place {
  readonly #name: string;
  readonly #cables: readonly [clients: number, databases: number];
  readonly #forget: () => void;

  constructor() {
    this.#cables = [pieces++ & 0x7fff, pieces++ & 0x7fff];
    this.#name = `trial-${process.pid}-${this.#cables[0]}`;
    ip('netns', 'add', this.#name);
    this.#forget = whenWeEnd(() => this.#drop());
    ip('-n', this.#name, 'link', 'set', 'lo', 'up');
    for (const [index, piece] of this.#cables.entries()) {
      const [here, there] = [`trial${piece}`, `eth${index}`];
      ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', this.#name);
      ip('addr', 'add', `${addressOf(piece, 1)}/30`, 'dev', here);
      ip('link', 'set', here, 'up');
      ip('-n', this.#name, 'addr', 'add', `${addressOf(piece, 2)}/30`, 'dev', there);
      ip('-n', this.#name, 'link', 'set', there, 'up');
    }
  }

  get address(): string {
    return addressOf(this.#cables[0], 2);
  }

  async toDatabase(port: number): Promise<{ readonly host: string; readonly port: number }> {
    return { host: addressOf(this.#cables[1], 1), port };
  }

  wrapped(command: readonly string[]): readonly string[] {
    return ['ip', 'netns', 'exec', this.#name, ...command];
  }

  cut(): void {
    ip('link', 'set', `trial${this.#cables[1]}`, 'down');
  }

  mend(): void {
    ip('link', 'set', `trial${this.#cables[1]}`, 'up');
  }

  /** Its ends of the cables go with it, and so do ours. */
  #drop(): void {
    ip('netns', 'del', this.#name);
  }

  async remove(): Promise<void> {
    this.#forget();
    this.#drop();
  }
}

/** Where no namespace can be made: this machine, and a relay before each database. */
export class Beside implements Place {
  readonly address = '127.0.0.1';
  readonly #relays = new Map<number, TcpRelay>();

  async toDatabase(port: number): Promise<{ readonly host: string; readonly port: number }> {
    const relay = this.#relays.get(port) ?? (await new TcpRelay(port).listen());
    this.#relays.set(port, relay);
    return { host: '127.0.0.1', port: relay.port };
  }

  wrapped(command: readonly string[]): readonly string[] {
    return command;
  }

  cut(): void {
    for (const relay of this.#relays.values()) relay.isFrozen = true;
  }

  /** What was held back is lost, and with it what was said on these connections afterwards. */
  mend(): void {
    for (const relay of this.#relays.values()) {
      relay.cut('reset');
      relay.isFrozen = false;
    }
  }

  async remove(): Promise<void> {
    for (const relay of this.#relays.values()) await relay.close();
  }
}

/** @returns why there are no namespaces here, if so */
function lacking(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux can make them';
  try {
    new Namespace().remove();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error);
  }
}

let said: string | undefined | false = false;

/** A place for one node, in a network namespace of its own where the machine has such. */
export function placeOfItsOwn(): Place {
  if (said === false) {
    said = lacking();
    if (said !== undefined) process.stderr.write(`no network namespaces (${said}): nodes are plain processes\n`);
  }
  return said === undefined ? new Namespace() : new Beside();
}
