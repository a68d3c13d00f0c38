import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { plain } from '../http/request/client-address.ts';
import { newReference } from '../http/request/request-call.ts';
import { type EventName, logEvent } from '../log/event.ts';
import type { Log } from '../log/log.ts';
import {
  diagnoseHandshake,
  type FailedHandshake,
  type HandshakeDiagnosis,
  type ShownCertificate,
} from '../tls/handshake-failure.ts';

/** A failed handshake that is worth telling. */
export interface HandshakeFailure extends HandshakeDiagnosis {
  readonly reference: string;
  readonly address: string;
  /** OpenSSL's words. */
  readonly detail?: string;
  /** For how many it stands: those of one address are told once a minute. */
  readonly times: number;
}

export interface HandshakesOptions {
  readonly shown: () => ShownCertificate;
  readonly log: Log;
  readonly onFailure?: (failure: HandshakeFailure) => void;
  /** Of every one, also of those that are not told because one from there was told a moment ago. */
  readonly onEach?: (failure: HandshakeDiagnosis & Pick<HandshakeFailure, 'address'>) => void;
  /** Unit: ms, on any clock. */
  readonly now?: () => number;
}

/** Between two lines about one address. Unit: ms. */
const TELL_EVERY = 60_000;
/** Addresses that are remembered. */
const MOST = 1000;

/** Those that keep an agent out. */
const EVENT_OF: Readonly<Partial<Record<HandshakeDiagnosis['kind'], EventName>>> = {
  untrusted: 'agentDistrusts',
  'not accepted': 'agentDistrusts',
  'wrong name': 'certificateUnfit',
  expired: 'certificateUnfit',
};

/** A connection until TLS stands. */
interface Pending {
  readonly address: string;
  readonly reached: string;
}

const keyOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

/** Tells in plain words why agents cannot set up TLS. */
export class Handshakes {
  readonly #options: HandshakesOptions;
  readonly #pending = new Map<string, Pending>();
  /** By address. */
  readonly #told = new Map<string, { at: number; since: number; readonly kind: string }>();

  constructor(server: Server, options: HandshakesOptions) {
    this.#options = options;
    // A duplex by its type, because tests may send others.
    server.on('connection', (socket) => this.#begin(socket as Socket));
    server.on('secureConnection', (socket) => this.#stand(socket));
    // Before Node's own, which would ask us to answer in words.
    server.prependListener('tlsClientError', (error, socket) => this.#fail(error, socket));
  }

  #begin(socket: Socket): void {
    const { remoteAddress, localAddress = '' } = socket;
    if (remoteAddress === undefined) return;
    const key = keyOf(socket);
    this.#pending.set(key, { address: plain(remoteAddress), reached: plain(localAddress) });
    socket.once('close', () => {
      const left = this.#pending.get(key);
      this.#pending.delete(key);
      if (left === undefined) return;
      // A scan of the port, or a monitor's.
      if (socket.bytesRead === 0) this.#options.log.debug({ address: left.address }, 'a client left before TLS stood');
      else this.#tell(left);
    });
  }

  #stand(socket: TLSSocket): void {
    const pending = this.#pending.get(keyOf(socket));
    this.#pending.delete(keyOf(socket));
    const called = calledOf(socket);
    // Some look at the name only now (Apache's HTTP client), and leave without asking anything.
    socket.once('close', () => {
      if (socket.bytesRead > 0 || !pending || called === undefined) return;
      const failed = { ...pending, called, words: 'alert bad certificate: it left without asking anything' };
      if (diagnoseHandshake(failed, this.#options.shown()).kind === 'wrong name') this.#tell(failed);
    });
  }

  #fail(error: NodeJS.ErrnoException, socket: TLSSocket): void {
    const pending = this.#pending.get(keyOf(socket));
    // Who has left has no address any more; its connection's end tells it.
    if (pending !== undefined && error.code !== 'ECONNRESET') {
      this.#pending.delete(keyOf(socket));
      const called = calledOf(socket);
      const protocol = socket.getProtocol();
      this.#tell({
        ...pending,
        words: error.message,
        ...(called ? { called } : {}),
        ...(protocol ? { protocol } : {}),
      });
    }
    socket.destroy();
  }

  #tell(failed: FailedHandshake): void {
    const { log, onFailure, onEach, shown, now = () => performance.now() } = this.#options;
    const { address, words } = failed;
    const told = this.#told.get(address);
    const diagnosis = diagnoseHandshake(failed, shown());
    onEach?.({ address, ...diagnosis });
    // Who has left without a word may say the next time why.
    const isNews = told?.kind === 'left' && diagnosis.kind !== 'left';
    if (told !== undefined && !isNews && now() - told.at < TELL_EVERY) {
      told.since += 1;
      return;
    }
    this.#told.delete(address);
    const [oldest] = this.#told.keys();
    if (this.#told.size >= MOST && oldest !== undefined) this.#told.delete(oldest);
    this.#told.set(address, { at: now(), since: 0, kind: diagnosis.kind });
    const times = 1 + (told?.since ?? 0);
    const reference = newReference();
    const detail = words === undefined ? {} : { detail: words.trim() };
    const fields = { ref: reference, address, ...(times > 1 ? { times } : {}), ...detail };
    const event = EVENT_OF[diagnosis.kind];
    if (event === undefined) log.warn(fields, diagnosis.text);
    else logEvent(log, event, fields, diagnosis.text);
    onFailure?.({ reference, address, times, ...detail, ...diagnosis });
  }
}

const calledOf = ({ servername }: TLSSocket & { readonly servername?: unknown }): string | undefined =>
  typeof servername === 'string' && servername !== '' ? servername : undefined;
