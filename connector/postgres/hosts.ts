import { ScimError } from '../scim/error.ts';
import type { Host } from './address.ts';
import type { Connection } from './connection.ts';
import { logIn, type Opened, openConnection } from './open-connection.ts';
import { mayPass } from './postgres-errors.ts';
import type { Target } from './target.ts';

/** Unit: ms. */
const ALONE = 5000;
/** Another may be the primary by now. Unit: ms. */
const AMONG_SEVERAL = 2500;

/** What passes by itself is what a client can wait for, and a standby is no failure: which of several is told. */
const weightOf = (error: unknown): number => {
  if (error instanceof ScimError && error.fault === 'postgres-read-only') return 0;
  return mayPass(error) ? 2 : 1;
};

/** The servers of a URL, of which one is the primary. */
export class Hosts {
  readonly #target: Target;
  readonly #schema: string;
  #primary = 0;
  /** Whether what remains of a commit is kept, as far as anybody has seen. */
  settles = false;

  constructor(target: Target, schema: string) {
    this.#target = target;
    this.#schema = schema;
  }

  /** From the server that was the primary last, else from the next that is. @throws unavailable */
  async open(): Promise<Connection> {
    const { hosts } = this.#target;
    const patience = hosts.length === 1 ? ALONE : AMONG_SEVERAL;
    let failure: unknown;
    for (let step = 0; step < hosts.length; step += 1) {
      const index = (this.#primary + step) % hosts.length;
      try {
        const opened = await openConnection(this.#target, hosts[index] as Host, this.#schema, patience);
        this.#primary = index;
        return this.#known(opened);
      } catch (error) {
        if (failure === undefined || weightOf(error) > weightOf(failure)) failure = error;
      }
    }
    throw failure;
  }

  /** Whether anybody is there who lets us in, in a moment. */
  async answers(host: Host): Promise<boolean> {
    try {
      (await logIn(this.#target, host, AMONG_SEVERAL)).end();
      return true;
    } catch (error) {
      return !(error instanceof ScimError && error.fault === 'postgres-unreachable');
    }
  }

  #known({ connection, settles }: Opened): Connection {
    this.settles ||= settles;
    return connection;
  }
}
