import type { Log } from '../log/log.ts';
import { exclusively } from '../state/exclusive.ts';
import { AdminListener } from './admin-listener.ts';
import type { AdminHandler, AdminMethod } from './admin-route.ts';
import {
  claimOf,
  currentPlace,
  identityOf,
  newPlace,
  type Place,
  preparePlace,
  restrictPlace,
} from './channel-place.ts';
import { isAnswered } from './is-answered.ts';

export interface AdminServerOptions {
  readonly stateDir: string;
  readonly log: Log;
  /** How often it is looked whether the channel is still there. Unit: ms. */
  readonly lookEvery?: number;
}

/** Unit: ms. */
const LOOK_EVERY = 5000;
/** Unit: ms. */
const GRACE = 1000;
/** Whoever begins to listen takes milliseconds. Unit: ms. */
const CLAIM = 5000;

/** Of file systems that hold no sockets. */
const NO_SOCKETS = ['ENOTSUP', 'EOPNOTSUPP', 'EPERM', 'ENOSYS'];

function obstacleIn(error: unknown): string {
  const { code = '', syscall, message } = error as NodeJS.ErrnoException;
  const hasNone = syscall === 'listen' && NO_SOCKETS.includes(code);
  return hasNone ? 'state_dir lies on a file system that holds no sockets; name a local one' : message;
}

const TAKEN = 'another connector serves with this state_dir: commands such as "status" ask that one';

/**
 * The channel on which the command line asks a running service. Only the account and administrators may
 * open it. It never keeps the service from serving: what stands in its way is said in the log, and tried again.
 */
export class AdminServer {
  readonly #options: AdminServerOptions;
  readonly #routes = new Map<string, AdminHandler>();
  #listener: AdminListener | undefined;
  #identity: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #said = '';

  constructor(options: AdminServerOptions) {
    this.#options = options;
  }

  /** Also while it listens. A path has no parameters: they come in the query or the body. */
  route(method: AdminMethod, path: string, handler: AdminHandler): void {
    this.#routes.set(`${method} ${path}`, handler);
  }

  /** Never rejects. */
  async open(): Promise<void> {
    await this.look();
    const look = (): void => void this.look();
    this.#timer = setInterval(look, this.#options.lookEvery ?? LOOK_EVERY).unref();
  }

  /** Listens where nobody does: at first, and when the socket was removed or its other service is gone. Never rejects. */
  look(): Promise<void> {
    this.#running = this.#running.then(async () => {
      try {
        if (this.#listener && identityOf(this.#options.stateDir) === this.#identity) return;
        this.#say(await this.#listen());
      } catch (error) {
        this.#say(`commands such as "status" cannot ask this service: ${obstacleIn(error)}`);
      }
    });
    return this.#running;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
    await this.#listener?.close(GRACE);
    this.#listener = undefined;
  }

  /** @returns what stands in the way, for the operator */
  async #listen(): Promise<string> {
    const { stateDir, log } = this.#options;
    preparePlace(stateDir);
    return exclusively(
      claimOf(stateDir),
      async () => {
        const current = currentPlace(stateDir);
        const isTaken = current !== undefined && (await isAnswered(current.address).finally(() => current.release()));
        // Ours stays open without a name: closing it would take away the name of theirs.
        if (isTaken) return TAKEN;
        await this.#listener?.close(GRACE);
        this.#listener = undefined;
        const listener = new AdminListener(this.#routes, log);
        const place: Place = newPlace(stateDir);
        try {
          await listener.listen(place.address);
        } finally {
          place.release();
        }
        restrictPlace(stateDir);
        this.#listener = listener;
        this.#identity = identityOf(stateDir);
        return '';
      },
      CLAIM,
    );
  }

  /** Once, however often it is tried. */
  #say(text: string): void {
    if (text !== '' && text !== this.#said) this.#options.log.warn({}, text);
    this.#said = text;
  }
}
